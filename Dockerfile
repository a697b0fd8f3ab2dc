# Kempelen as an image.  It listens on 0.0.0.0:8080 and keeps everything in the volume /data:
#
#   docker build -t kempelen .
#   docker run -d --name kempelen -p 8080:8080 -v kempelen:/data kempelen
#   docker logs kempelen          # prints the link with which the owner logs in
#
# BASE is any Debian with Python 3.11 or later and its venv module.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
WORKDIR /build
COPY pyproject.toml README.md CHANGELOG.md LICENSE ./
COPY src ./src
RUN python3 -m venv /opt/kempelen \
    && /opt/kempelen/bin/pip install --no-cache-dir --disable-pip-version-check . \
    && /opt/kempelen/bin/python -m compileall -q /opt/kempelen/lib \
    && /opt/kempelen/bin/pip uninstall --yes --quiet pip

FROM ${BASE}
LABEL org.opencontainers.image.title="Kempelen" \
      org.opencontainers.image.description="Your own Mechanical Turk, self-hosted and MTurk-compatible" \
      org.opencontainers.image.licenses="Apache-2.0"
# Volumes that are mounted below /data take these folders' owner.
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin kempelen \
    && install -d -o kempelen -g kempelen -m 700 /data /data/uploads /data/files
COPY --from=build /opt/kempelen /opt/kempelen
ENV PATH=/opt/kempelen/bin:$PATH \
    KEMPELEN_DATA_DIR=/data \
    PYTHONUNBUFFERED=1
USER kempelen
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD \
    ["python3", "-c", "import urllib.request as ask; ask.urlopen('http://127.0.0.1:8080/health/', timeout=4)"]
ENTRYPOINT ["kempelen"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8080"]
