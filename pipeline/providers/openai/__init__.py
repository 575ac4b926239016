"""OpenAI, and every server that speaks its language: Ollama, vLLM, LocalAI, Kokoro-FastAPI."""
