# The simulator as an image: non-root, its root file system may be read-only, no shell is used. See docs/containers.md.
FROM node:22-alpine AS build
WORKDIR /source
COPY . .
RUN npm ci && npm pack --ignore-scripts --pack-destination /
WORKDIR /app
RUN npm install --omit=dev --no-audit /eseries-simulator-*.tgz

FROM node:22-alpine
COPY --from=build /app/node_modules /app/node_modules
RUN mkdir /state && chown node:node /state
USER node
VOLUME /state
EXPOSE 8080 3260 3261 3262 3263
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/sim/v1/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/node_modules/eseries-simulator/bin/eseries-simulator.js"]
# Other machines reach a container: what they ask of /sim/v1 has to show the token. Give one of your own.
CMD ["--host", "0.0.0.0", "--iscsi-host", "0.0.0.0", "--iscsi-port", "3260", "--control-token", "simulator"]
