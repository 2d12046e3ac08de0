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

/** A list as a table, kept by the browser; says how many lines went out. `unit`: what the lines are counted in. */
export async function saveList(url: string, name: string, unit: string): Promise<void> {
  try {
    const said = await saveFile(url, `${name}.xlsx`);
    const rows = said.get('x-lvzhi-rows') ?? '';
    announce({ words: said.get('x-lvzhi-cut') === 'yes' ? `已导出前 ${rows} ${unit}，后面还有；请加上筛选分几次导出` : `已导出 ${rows} ${unit}，已记入审计` });
  } catch (error) { announce({ words: `没有导出：${problemOf(error).reason}` }); }
}

/** What can be done with a list of documents as a whole: its views, a table of it, a print of it. */
export function ListTools({ page, sought, name }: { page: SavedView['page']; sought: Partial<Sought>; name: string }): ReactNode {
  const items = [{ key: 'rows', label: '导出表格' }, { key: 'texts', label: '导出表格，带正文' }];
  return <><Views page={page} />
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => void saveList(hrefOf('/search/export', { ...sought, ...(key === 'texts' && { texts: 'yes' }) }), name, '件') }}><button type="button" className="btn">导出</button></Dropdown>
    <Btn onClick={() => openApart(hrefOf('/print/list', { ...soughtQuery(sought), of: name }))}>打印</Btn></>;
}
