import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** One JSON line a request: which route (its pattern, never the address with its ids and signatures), how it ended, how long it took. Nothing of its content. */
export function logRequests(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('onResponse', (request, reply, done) => {
    process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), id: request.id, method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode, ms: Math.round(reply.elapsedTime) })}\n`);
    done();
  });
}
