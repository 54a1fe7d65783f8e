# One image for the API and the workers: the command decides (see compose.yaml).
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY service ./service
COPY workers ./workers
COPY seeds ./seeds
RUN python -m venv /app \
 && /app/bin/pip install --no-cache-dir -c constraints.txt '.[postgres,embedded,html]' \
 && find /app -name '__pycache__' -prune -exec rm -rf {} +

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /data timelines && install -d -o timelines /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH PYTHONUNBUFFERED=1 TIMELINES_DATA_DIR=/data
USER timelines
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
# Alone, the image serves everything on embedded defaults. It binds beyond loopback inside the
# container, so keys are on, and it does not start before there is one:
#   docker run --rm -v timelines:/data event-timelines timelines keys create --name me --scopes admin
#   docker run -v timelines:/data -p 127.0.0.1:8000:8000 event-timelines
ENV TIMELINES_HOST=0.0.0.0
CMD ["timelines", "up", "--no-seeds"]
