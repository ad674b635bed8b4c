# Lantern in a container: no root, nothing written but /data (SQLite, its key) and /tmp.
# docs/install.md says how to run it; compose.yml runs it on PostgreSQL.
FROM python:3.11-slim AS build
RUN python -m pip install --no-cache-dir "uv>=0.8" && python -m venv --without-pip /lantern
WORKDIR /src
COPY requirements-run.lock ./
RUN VIRTUAL_ENV=/lantern uv pip sync --no-cache requirements-run.lock
COPY pyproject.toml README.md LICENSE manifest.yml ./
COPY bot bot
COPY data data
RUN VIRTUAL_ENV=/lantern uv pip install --no-cache --no-deps . \
    && /lantern/bin/python -m compileall -q /lantern/lib

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin lantern \
    && install -d -o lantern -g lantern -m 0700 /data
COPY --from=build /lantern /lantern
ENV PATH=/lantern/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    LANTERN_DATABASE_URL=sqlite:////data/lantern.db \
    LANTERN_LOG_FORMAT=json \
    LANTERN_HEALTH=0.0.0.0:8080
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 3000 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import http.client as h, os; port = os.environ['LANTERN_HEALTH'].rpartition(':')[2]; c = h.HTTPConnection('127.0.0.1', int(port), timeout=3); c.request('GET', '/livez'); raise SystemExit(c.getresponse().status != 200)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["lantern"]
CMD ["run"]
