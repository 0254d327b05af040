# The base images are arguments, so that a machine without a public registry can bring its own (scripts/image does).
ARG RUST_IMAGE=rust:1.96-bookworm
ARG NODE_IMAGE=node:22-bookworm-slim
ARG RUNTIME_IMAGE=debian:bookworm-slim

FROM ${NODE_IMAGE} AS node

FROM ${RUST_IMAGE} AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
ENV CARGO_HOME=/usr/local/cargo LYCEUM_TOOLS=/opt/lyceum
WORKDIR /build
# The tools take minutes and change rarely: a layer of their own, which no change of the source touches.
COPY .npmrc package.json package-lock.json rust-toolchain.toml ./
COPY scripts/setup scripts/env scripts/
RUN --mount=type=cache,target=/usr/local/cargo/registry scripts/setup run
COPY . .
# The target folder is only in the cache, so its results are copied out in the same instruction.
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/build/target \
    scripts/setup run && scripts/build \
    && mkdir /out && cp -r target/release/server target/release/hash.txt target/site-release /out/

FROM ${RUNTIME_IMAGE}
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin lyceum \
    && install -d -o lyceum -g lyceum /data
# hash.txt stands beside the binary: it tells the server what the site's files are called.
COPY --from=build /out/server /out/hash.txt /app/
COPY --from=build /out/site-release /app/site
WORKDIR /app
# Production refuses to start until it is configured; everything it still needs is named at once.
ENV LYCEUM_MODE=production \
    LYCEUM_ADDRESS=0.0.0.0:3000 \
    LYCEUM_DATA_FOLDER=/data \
    LYCEUM_OBJECTS_ADDRESS=0.0.0.0:9000 \
    TMPDIR=/data/tmp \
    LEPTOS_OUTPUT_NAME=lyceum \
    LEPTOS_SITE_ROOT=/app/site \
    LEPTOS_SITE_PKG_DIR=pkg \
    LEPTOS_HASH_FILES=true
USER 10001:10001
# The root file system may be read-only: only this folder is written to, by temporary files too.
VOLUME /data
EXPOSE 3000 9000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["/app/server", "health"]
ENTRYPOINT ["/app/server"]
CMD ["serve"]
