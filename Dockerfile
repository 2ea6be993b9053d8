# The simulator as an image on top of nothing: node, the libraries that it is linked with, and the package. Non-root; its root
# file system may be read-only; there is no shell. See docs/containers.md.
ARG BASE=node:22-bookworm-slim
FROM ${BASE} AS build
WORKDIR /source
COPY . .
RUN npm ci --ignore-scripts
# Compiles, too.
RUN npm pack --pack-destination /
WORKDIR /app
RUN npm install --omit=dev --no-audit --no-fund /eseries-simulator-*.tgz \
  && find node_modules \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
RUN mkdir -p /image/app /image/bin /image/etc /image/state /image/tmp \
  && mv node_modules /image/app/ \
  && cp "$(command -v node)" /image/bin/node \
  && cp -L --parents $(ldd /image/bin/node | grep -o '/[^ ]*') /image/ \
  && echo 'node:x:1000:1000::/state:/bin/false' > /image/etc/passwd \
  && chown 1000:1000 /image/state && chmod 1777 /image/tmp

# For jobs that judge a driver: with a shell, to put a driver on top of it (docker build --target suite).
FROM ${BASE} AS suite
COPY --from=build /image/app /app
USER 1000:1000
ENTRYPOINT ["node", "/app/node_modules/eseries-simulator/bin/eseries-conformance.js"]

FROM scratch
COPY --from=build /image /
USER 1000:1000
VOLUME /state
EXPOSE 8080 3260 3261 3262 3263
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s \
  CMD ["/bin/node", "-e", "fetch('http://127.0.0.1:8080/sim/v1/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/bin/node", "/app/node_modules/eseries-simulator/bin/eseries-simulator.js"]
# Other machines reach a container: what they ask of /sim/v1 has to show the token. Give one of your own.
CMD ["--host", "0.0.0.0", "--iscsi-host", "0.0.0.0", "--iscsi-port", "3260", "--control-token", "simulator"]
