# The web process, and with another command the workers. The database is named by DATABASE_URL.
FROM python:3.11-slim
RUN apt-get update && apt-get install -y --no-install-recommends make gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN make setup && .venv/bin/python -m compileall -q accounts billing litink pipeline projects \
    && useradd --create-home litink && chown -R litink var
USER litink
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 XDG_RUNTIME_DIR=/app/var/run
EXPOSE 8000
CMD ["daphne", "-b", "0.0.0.0", "-p", "8000", "litink.asgi:application"]
