"""OpenRouter: language, picture and video models of many vendors behind one key."""
