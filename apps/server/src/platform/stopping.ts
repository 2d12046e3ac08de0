import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** What is being answered when the stop begins is answered, and its connection then ends: kept alive, it would hold the stop up for a minute. */
export function endConnections(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  let stopping = false;
  server.addHook('preClose', (done) => { stopping = true; done(); });
  server.addHook('onSend', (_, reply, __, done) => {
    if (stopping) reply.header('connection', 'close');
    done();
  });
}
