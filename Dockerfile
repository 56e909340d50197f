# The service in a small image:
#   docker build -t tandem .
#   docker run -d -v tandem:/data -v /etc/tandem/token:/run/secrets/token:ro \
#     -e TANDEM_TELEGRAM_TOKEN_FILE=/run/secrets/token tandem
FROM rust:1.95-slim-bookworm AS build
# SQLite and the TLS library are compiled from C.
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /tandem
COPY Cargo.toml Cargo.lock build.rs ./
COPY benches benches
COPY src src
COPY lessons lessons
COPY locales locales
COPY migrations migrations
RUN cargo build --release --locked

# The program and what C needs; certificates, time zones and texts are inside the program.
FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home tandem
COPY --from=build /tandem/target/release/tandem /usr/local/bin/tandem
USER tandem
WORKDIR /data
VOLUME /data
# The database lies in the volume; the web server is reached from outside the container.
ENV TANDEM_DATABASE_URL=sqlite:///data/tandem.db \
    TANDEM_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["tandem", "healthcheck"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["tandem"]
CMD ["run"]
