import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** The content policy of a page: its own files, and the inline scripts whose hashes are given (a build's own, read at the start). */
export const pagePolicy = ({ frames = "'none'", scripts = [] }: { frames?: string; scripts?: readonly string[] } = {}): string =>
  `default-src 'self'; script-src ${["'self'", ...scripts].join(' ')}; img-src 'self' data: blob:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors ${frames}`;

const answerPolicy = pagePolicy();

/** What a browser is told with every answer (facts §5). */
export function guardAnswers(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('onSend', (request, reply, _, done) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'same-origin');
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', answerPolicy);
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    done();
  });
}
