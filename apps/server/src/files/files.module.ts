import { Module } from '@nestjs/common';
import { CONFIG } from '../platform/config.ts';
import type { Config } from '../platform/config.ts';
import { FilesController } from './files.controller.ts';
import { FilesService } from './files.service.ts';
import { FILE_STORE, FolderStore } from '../platform/file-store.ts';
import { FileSweep } from './sweep.ts';

@Module({
  controllers: [FilesController],
  providers: [FilesService, FileSweep, { provide: FILE_STORE, inject: [CONFIG], useFactory: ({ dataFolder }: Config) => new FolderStore(dataFolder) }],
  exports: [FILE_STORE],
})
export class FilesModule {}
