# The server, the desk and the member app (H5) in one image. The mini-program is built apart (docs/operations.md).
FROM node:22-bookworm-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps/server/package.json apps/server/
COPY apps/desk/package.json apps/desk/
COPY apps/miniapp/package.json apps/miniapp/
COPY packages/domain/package.json packages/domain/
COPY packages/contracts/package.json packages/contracts/
COPY packages/wechat-fake/package.json packages/wechat-fake/
COPY packages/miniapp-bench/package.json packages/miniapp-bench/

FROM manifests AS build
RUN npm ci
COPY . .
RUN node tools/build.js server desk h5

# What the server's bundle imports at run time, and nothing of the pages, whose bundles are whole.
FROM manifests AS installed
RUN npm ci --omit=dev --workspace=apps/server

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_FOLDER=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=installed /app/node_modules ./node_modules
COPY --from=build /app/packages ./packages
COPY --from=build /app/apps/server/package.json ./apps/server/
COPY --from=build /app/apps/server/dist ./apps/server/dist
COPY --from=build /app/apps/desk/dist ./apps/desk/dist
COPY --from=build /app/apps/miniapp/dist/h5 ./apps/miniapp/dist/h5
COPY --from=build /app/seeds ./seeds
RUN mkdir /data /backup && chown node:node /data /backup
USER node
VOLUME ["/data"]
EXPOSE 3000
# /ready: the database answers. /health is for whoever watches: it turns red when a backup is late, which is no reason to restart.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/ready`).then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "apps/server/dist/main.js"]
