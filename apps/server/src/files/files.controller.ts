import { Controller, Get, HttpCode, HttpException, Inject, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { files } from '@lvzhi/contracts';
import type { Caller, FileView, Given, Refusal } from '@lvzhi/contracts';
import type { FastifyReply } from 'fastify';
import { badField, notFound, signInAgain } from '../platform/refusals.ts';
import { Outside, Serves } from '../platform/serves.ts';
import type { Admitted } from '../platform/serves.ts';
import { Settings } from '../platform/settings.ts';
import { FilesService } from './files.service.ts';
import type { Link } from './files.service.ts';
import { Unwelcome } from './kinds.ts';
import { shownName } from './names.ts';
import { NotAnUpload, readUpload } from '../platform/uploads.ts';
import type { Upload } from '../platform/uploads.ts';

const keyLook = /^.{8,64}$/u;

@Controller()
export class FilesController {
  constructor(@Inject(FilesService) private readonly service: FilesService, @Inject(Settings) private readonly settings: Settings) {}

  /** POST multipart: the field `key`, then `file`. Read as it comes, up to what this kind of device may send. */
  @Outside('signed_in')
  @Post('api/files')
  @HttpCode(201)
  async upload(@Req() request: Admitted): Promise<FileView> {
    const { caller } = request;
    if (!caller) signInAgain();
    const most = this.settings.get('files.maxBytes')[caller.surface];
    const { key, name, bytes } = await formOf(request, most);
    if (!keyLook.test(key)) badField({ key: '这次上传缺少编号，请重新选择文件' });
    const earlier = await this.service.uploaded(caller, key);
    if (earlier) return earlier;
    if (!bytes) throw new HttpException({ reason: `“${shownName(name)}”超过 ${Math.floor(most / 1024 / 1024)} MB，没有上传；请压缩或拆分后再传${caller.surface === 'phone' ? '，电脑端可以传更大的文件' : ''}` } satisfies Refusal, 413);
    try {
      return await this.service.keep(caller, key, name, bytes);
    } catch (error) {
      if (error instanceof Unwelcome) badField({ file: error.message });
      throw error;
    }
  }

  @Serves(files.openFile)
  async openFile(caller: Caller, { id }: Given<typeof files.openFile>): Promise<{ url: string }> {
    return { url: await this.service.link(caller, id) };
  }

  @Serves(files.removeFile)
  async removeFile(caller: Caller, { id }: Given<typeof files.removeFile>): Promise<Record<never, never>> {
    await this.service.remove(caller, id);
    return {};
  }

  /** The bytes, for whoever holds a link that is still good: the signature stands for the session. */
  @Outside('anyone')
  @Get('api/files/:id/content')
  async content(@Param('id') id: string, @Query() query: Record<string, unknown>, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const { row, bytes } = await this.service.content(id, linkOf(query));
    const pdf = row.type === 'application/pdf';
    const shown = pdf || row.type.startsWith('image/');
    void reply.headers({
      'content-type': row.type, 'content-length': row.size, 'x-content-type-options': 'nosniff', 'cache-control': 'private, max-age=300',
      'content-disposition': `${shown ? 'inline' : 'attachment'}; filename="file${/\.[a-z]+$/.exec(row.name)?.[0] ?? ''}"; filename*=UTF-8''${encoded(row.name)}`,
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    });
    return new StreamableFile(bytes);
  }
}

async function formOf(request: Admitted, most: number): Promise<Upload> {
  try {
    return await readUpload(request, most);
  } catch (error) {
    if (error instanceof NotAnUpload) badField({ file: '文件没有完整收到，请检查网络后再传一次' });
    throw error;
  }
}

function linkOf({ until, by, sign }: Record<string, unknown>): Link {
  return typeof until === 'string' && typeof by === 'string' && typeof sign === 'string' ? { until, by, sign } : notFound();
}

/** RFC 8187: what encodeURIComponent leaves and a header may not hold. */
const encoded = (name: string): string => encodeURIComponent(name).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
