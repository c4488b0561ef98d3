# An image of Berth: `docker build -t berth .`, then
# `docker run -p 127.0.0.1:4566:4566 -v berth:/var/lib/berth --name berth berth` and `eval "$(docker exec berth berth env)"`.
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# Without scripts: the pinned Node that one would install is the one this image has.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-alpine
# Who reaches the container's own network is for -p to say: 127.0.0.1:4566:4566 opens plain HTTP to the host alone. For other machines
# publish 443 and give BERTH_TLS_CERT and BERTH_TLS_KEY; BERTH_ALLOW_PLAIN_HTTP=false then keeps plain HTTP inside the container.
ENV NODE_ENV=production BERTH_HOST=0.0.0.0 BERTH_ALLOW_PLAIN_HTTP=true BERTH_DATA_DIR=/var/lib/berth
RUN mkdir -p /var/lib/berth && chmod 0700 /var/lib/berth && chown node:node /var/lib/berth
WORKDIR /opt/berth
COPY --from=build /build/package.json /build/LICENSE /build/NOTICE ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/bin bin
COPY --from=build /build/dist dist
RUN ln -s /opt/berth/bin/berth.js /usr/local/bin/berth
USER node
VOLUME /var/lib/berth
EXPOSE 4566 443
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.BERTH_PORT || 4566}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["berth"]
CMD ["serve"]
