import type { SavedView, Sought } from '@lvzhi/contracts';
import { Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { problemOf } from '../platform/problem.ts';
import { hrefOf, openApart } from '../platform/route.ts';
import { saveFile } from '../platform/transfer.ts';
import { Btn } from './button.tsx';
import { soughtQuery } from './sources.ts';
import { announce } from './toast.tsx';
import { Views } from './views.tsx';

async function save(sought: Partial<Sought>, name: string, texts: boolean): Promise<void> {
  try {
    const said = await saveFile(hrefOf('/search/export', { ...sought, ...(texts && { texts: 'yes' }) }), `${name}.xlsx`);
    const rows = said.get('x-lvzhi-rows') ?? '';
    announce({ words: said.get('x-lvzhi-cut') === 'yes' ? `已导出前 ${rows} 件，后面还有；请加上筛选分几次导出` : `已导出 ${rows} 件，已记入审计` });
  } catch (error) { announce({ words: `没有导出：${problemOf(error).reason}` }); }
}

/** What can be done with a list of documents as a whole: its views, a table of it, a print of it. */
export function ListTools({ page, sought, name }: { page: SavedView['page']; sought: Partial<Sought>; name: string }): ReactNode {
  const items = [{ key: 'rows', label: '导出表格' }, { key: 'texts', label: '导出表格，带正文' }];
  return <><Views page={page} />
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => void save(sought, name, key === 'texts') }}><button type="button" className="btn">导出</button></Dropdown>
    <Btn onClick={() => openApart(hrefOf('/print/list', { ...soughtQuery(sought), of: name }))}>打印</Btn></>;
}
