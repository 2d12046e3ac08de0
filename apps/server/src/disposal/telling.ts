import type { EntityManager } from 'typeorm';
import { deliveriesOf, Delivery } from '../platform/delivery.entity.ts';
import type { DirectoryPage } from '../platform/directory.ts';
import { newId } from '../platform/ids.ts';
import { addRows, changeRows } from '../platform/rows.ts';
import { OutboxRow } from '../platform/spine.entities.ts';
import type { Disposal } from './disposal.entity.ts';

type About = Pick<Disposal, 'docKind' | 'docId' | 'state'>;
const notice = (it: About, moveId: string, at: Date, recipientId: string, action: 'mark_secret' | 'dispose', audience: 'author' | 'holder'): OutboxRow =>
  ({ id: newId(), recipientId, channel: 'inbox', docKind: it.docKind, docId: it.docId, moveId, action, audience, dueAt: null, holderWords: null, notBefore: at, withdrawnAt: null, readAt: null, answeredAt: null });
async function send(manager: EntityManager, rows: readonly OutboxRow[]): Promise<void> {
  await addRows(manager, OutboxRow, rows);
  await addRows(manager, Delivery, deliveriesOf(rows));
}

/** Those who decide: that one waits for them, or that a draft was cleared and its backups are to be seen to. `but`: who has done it, and whose it is. */
export async function tellDisposers(manager: EntityManager, page: DirectoryPage, it: About, { moveId, at, but }: { readonly moveId: string; readonly at: Date; readonly but: readonly string[] }): Promise<void> {
  await send(manager, page.holdersOf(['security_admin']).filter((id) => !but.includes(id)).map((id) => notice(it, moveId, at, id, it.state === 'marked' ? 'mark_secret' : 'dispose', 'holder')));
}
/** Whose it was, after everything else that was told of it is gone. */
export async function tellAuthors(manager: EntityManager, it: About, moveId: string, at: Date, authors: readonly string[]): Promise<void> {
  await send(manager, authors.map((id) => notice(it, moveId, at, id, 'dispose', 'author')));
}
/** It is decided: nobody waits for it any more. */
export async function withdrawWaiting(manager: EntityManager, { docId }: Pick<Disposal, 'docId'>, at: Date): Promise<void> {
  await changeRows(manager, OutboxRow, { docId, action: 'mark_secret', withdrawnAt: null }, { withdrawnAt: at });
}
