import type { FileView } from '@lvzhi/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An attachment. Its bytes lie outside every web root under a name of our own; `docId` is empty until its document is submitted. */
@Entity('files')
@Index('files_upload', ['ownerId', 'uploadKey'], { unique: true })
@Index('files_document', ['docId'])
@Index('files_orphans', ['docId', 'uploadedAt'])
export class FileRow {
  @PrimaryColumn({ type: 'varchar', length: 20 }) id: string;
  @Column({ name: 'owner_id', type: 'varchar', length: 20 }) ownerId: string;
  @Column({ name: 'upload_key', type: 'varchar', length: 64 }) uploadKey: string;
  @Column({ name: 'doc_id', type: 'varchar', length: 20, nullable: true }) docId: string | null;
  @Column({ type: 'varchar', length: 200 }) name: string;
  @Column({ type: 'varchar', length: 80 }) type: string;
  /** Bytes as stored. */
  @Column({ type: 'int' }) size: number;
  @Column({ type: 'varchar', length: 64 }) sha256: string;
  @Column({ name: 'uploaded_at', type: 'datetime', precision: 3 }) uploadedAt: Date;
}

export const fileViewOf = ({ id, name, size, type }: FileRow): FileView => ({ id, name, size, type, picture: type.startsWith('image/') });
