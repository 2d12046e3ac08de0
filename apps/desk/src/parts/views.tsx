import type { SavedView } from '@lvzhi/contracts';
import { Dropdown, Input, Modal } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api } from '../platform/api.ts';
import { useCover } from '../platform/keys.ts';
import { useLoad } from '../platform/load.ts';
import { go, usePlace } from '../platform/route.ts';
import { useRun } from '../platform/run.ts';
import { signalOf } from '../platform/signal.ts';
import { Btn } from './button.tsx';
import { TextField } from './fields.tsx';
import { Empty, ProblemNote } from './states.tsx';
import { announce } from './toast.tsx';

type Page = SavedView['page'];
/** Views were kept, renamed or deleted: menus of them are old. */
const kept = signalOf();
/** What of an address is the view, and not the place in it. */
function queryIn(query: URLSearchParams): string {
  const rest = new URLSearchParams(query);
  for (const name of ['at', 'past']) rest.delete(name);
  return rest.toString();
}
const hrefFor = ({ page, query }: SavedView): string => (query === '' ? `/${page}` : `/${page}?${query}`);

function KeepDialog({ page, query, close }: { page: Page; query: string; close: () => void }): ReactNode {
  const [name, setName] = useState('');
  const { busy, problem, run, forget } = useRun();
  useCover(true);
  const keep = async () => {
    const answer = await run(() => api.keepView({ page, name, query }));
    if (!answer) return;
    kept.fire();
    announce({ words: `已存为视图“${answer.view.name}”，只有您看得到` });
    close();
  };
  return <Modal open onCancel={close} title="存为视图" width={420} footer={<div className="rowx" style={{ justifyContent: 'flex-end' }}><Btn onClick={close}>不存了</Btn><Btn look="pri" busy={busy} onClick={() => void keep()}>存为视图</Btn></div>}>
    <form className="col" onSubmit={(event) => { event.preventDefault(); void keep(); }}>
      <TextField first label="名字" hint="最多 20 个字" max={40} value={name} change={(value) => { setName(value); forget(['name']); }} wrong={problem?.kind === 'fields' ? problem.fields['name'] : undefined} />
      {problem?.kind !== 'fields' && <ProblemNote problem={problem} />}
      <p className="cap">记下现在的字和筛选；以后打开时看到的是那时的结果。</p>
    </form>
  </Modal>;
}

function ViewLine({ view }: { view: SavedView }): ReactNode {
  const [name, setName] = useState(view.name);
  const { busy, problem, run, clear } = useRun();
  const rename = async () => { const answer = await run(() => api.renameView({ id: view.id, name })); if (answer) { kept.fire(); announce({ words: `已改名为“${answer.view.name}”` }); } };
  const remove = async () => {
    if (!await run(() => api.removeView({ id: view.id }))) return;
    kept.fire();
    announce({ words: `已删除视图“${view.name}”`, undo: async () => { await api.keepView({ page: view.page, name: view.name, query: view.query }); kept.fire(); return `视图“${view.name}”回来了`; } });
  };
  return <div className="part"><div className="rowx"><Input aria-label={`“${view.name}”的名字`} maxLength={40} value={name} onChange={(event) => { setName(event.target.value); clear(); }} onPressEnter={() => void rename()} />
    <Btn small busy={busy} disabled={name.trim() === view.name} onClick={() => void rename()} label={`给“${view.name}”改名`}>改名</Btn><Btn small busy={busy} onClick={() => void remove()} label={`删除“${view.name}”`}>删除</Btn></div><ProblemNote problem={problem} /></div>;
}

function ManageDialog({ views, close }: { views: readonly SavedView[]; close: () => void }): ReactNode {
  useCover(true);
  return <Modal open onCancel={close} title="管理视图" width={460} footer={null}>
    {views.length === 0 ? <Empty title="没有视图了">筛选好以后，用“存为视图”记下来。</Empty> : views.map((view) => <ViewLine key={view.id} view={view} />)}
  </Modal>;
}

/** The reader's own views of this list: open one, keep the present one, rename and delete. */
export function Views({ page }: { page: Page }): ReactNode {
  const { query } = usePlace();
  const { data, problem } = useLoad('views', () => api.listViews({}), kept.use());
  const [shown, show] = useState<'keep' | 'manage' | null>(null);
  const views = data?.rows.filter((it) => it.page === page) ?? [];
  const [here, current] = [queryIn(query), views.find((it) => it.query === queryIn(query))];
  const items = [
    ...views.map((it) => ({ key: it.id, label: it.id === current?.id ? <b>{it.name}</b> : it.name })), ...(views.length > 0 ? [{ type: 'divider' as const }] : []),
    ...(problem ? [{ key: 'problem', label: `没有取到视图：${problem.reason}`, disabled: true }] : []),
    { key: 'keep', label: '把现在的筛选存为视图…', disabled: current !== undefined }, ...(views.length > 0 ? [{ key: 'manage', label: '改名、删除…' }] : []),
  ];
  const choose = (key: string) => {
    if (key === 'keep' || key === 'manage') { show(key); return; }
    const view = views.find((it) => it.id === key);
    if (view) go(hrefFor(view));
  };
  return <><Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key) }}><button type="button" className="btn" aria-label={current ? `视图：${current.name}` : '视图'}><span className="ell" style={{ maxWidth: 160 }}>{current ? `视图：${current.name}` : '视图'}</span></button></Dropdown>
    {shown === 'keep' && <KeepDialog page={page} query={here} close={() => show(null)} />}
    {shown === 'manage' && <ManageDialog views={views} close={() => show(null)} />}</>;
}
