import { Inject, Injectable } from '@nestjs/common';
import type { Answer, Caller, TallyRow, tallyTables, Given, routes } from '@lvzhi/contracts';
import { lapseWords, tallyWords } from '@lvzhi/domain';
import { Audit } from '../platform/audit.ts';
import { officialDocx } from '../platform/official-docx.ts';
import type { Block } from '../platform/official-docx.ts';
import { Settings } from '../platform/settings.ts';
import { workbook } from '../platform/workbook.ts';
import type { WorkbookColumn } from '../platform/workbook.ts';
import { TalliesQueries } from './tallies.queries.ts';

type Figures = Answer<typeof routes.showOpinionFigures>;
type Time = Given<typeof routes.showOpinionFigures>;
type TallyTable = (typeof tallyTables)[number];

const heads = { people: ['反映人', '界别或单位'], bodies: ['单位', '类别'], committees: ['专委会', ''] } as const;
const names = { people: '反映人', bodies: '参加单位和界别', committees: '专委会', channels: '报送渠道' } as const satisfies Record<TallyTable, string>;
const counted: readonly (readonly [keyof TallyRow, string])[] = [['received', '提交'], ['edited', '编辑'], ['issued', '编发'], ['reported', '报送（处）'], ['national', '全国政协采用'], ['provincial', '省政协采用'], ['city', '市委、市政府采用'], ['department', '部门采用'], ['instructed', '领导批示'], ['points', '积分']];
const lapses = [['review', '初审用时（小时，中位）'], ['issue', '编发用时（小时，中位）']] as const;
const hours = (ms: number | null): number | string => (ms === null ? '' : Math.round(ms / 360_000) / 10);
const channelHeads = [['reported', '报送'], ['adopted', '采用'], ['single', '单篇采用'], ['composite', '综合采用'], ['forwarded', '转送采用'], ['instructed', '领导批示']] as const;

/** 2022年7月21日. */
const civil = (on: string): string => { const [year, month, day] = on.split('-').map(Number); return `${year}年${month}月${day}日`; };

/** Figures on their way out: as a table, and as the 通报 of who reported and was adopted; each time written down. */
@Injectable()
export class TalliesExport {
  constructor(@Inject(TalliesQueries) private readonly queries: TalliesQueries, @Inject(Settings) private readonly settings: Settings, @Inject(Audit) private readonly audit: Audit) {}

  async table(caller: Caller, table: TallyTable, time: Time): Promise<{ name: string; bytes: Buffer }> {
    const figures = await this.queries.show(caller, time);
    await this.audit.record(caller, 'figures.exported', null, { what: table, from: figures.from, to: figures.to });
    const [title, name] = [names[table], `社情民意统计 ${names[table]} ${figures.from} 至 ${figures.to}.xlsx`];
    if (table === 'channels') return { name, bytes: workbook(title, [{ head: '渠道', width: 14, of: (it: Figures['channels'][number]) => it.name }, ...channelHeads.map(([key, head]) => ({ head, of: (it: Figures['channels'][number]) => it[key] }))], figures.channels) };
    const [head, note] = heads[table];
    const columns: WorkbookColumn<TallyRow>[] = [{ head, width: 22, of: (it) => it.name }, ...(note === '' ? [] : [{ head: note, width: 26, of: (it: TallyRow) => it.note }]), ...counted.map(([key, words]) => ({ head: words, of: (it: TallyRow) => it[key] })), ...lapses.map(([key, words]) => ({ head: words, width: 16, of: (it: TallyRow) => hours(it[key]) }))];
    return { name, bytes: workbook(title, columns, figures[table]) };
  }

  async circular(caller: Caller, time: Time): Promise<{ name: string; bytes: Buffer }> {
    const figures = await this.queries.show(caller, time);
    await this.audit.record(caller, 'figures.exported', null, { what: 'circular', from: figures.from, to: figures.to });
    return { name: `社情民意信息工作通报 ${figures.from} 至 ${figures.to}.docx`, bytes: officialDocx(this.blocks(figures)) };
  }

  private blocks({ from, to, total, medians, bodies, people }: Figures): Block[] {
    const { shortOrgan } = this.settings.get('city');
    const body = (text: string): Block => ({ text, look: { indent: true } });
    const head = (text: string): Block => ({ text, look: { face: 'head', indent: true } });
    const lines = (rows: readonly TallyRow[]): Block[] => (rows.length === 0 ? [body('无。')]
      : rows.map((it, index) => body(`${index + 1}. ${it.name}${it.note === '' ? '' : `（${it.note}）`}：${tallyWords(it)}，积 ${it.points} 分。`)));
    const pace = [...medians.review === null ? [] : [`初审一半在 ${lapseWords(medians.review)}以内`], ...medians.issue === null ? [] : [`从收到到编发一半在 ${lapseWords(medians.issue)}以内`]];
    return [
      { text: `关于社情民意信息工作情况的通报`, look: { face: 'title', points: 22, align: 'center', after: 120 } },
      { text: `（${civil(from)}至${civil(to)}）`, look: { face: 'kai', align: 'center', after: 320 } },
      body(total.received === 0 && total.issued === 0 && total.reported === 0 ? '这段时间没有收到社情民意信息。' : `这段时间共${tallyWords(total).replace('提交', '收到')}。${pace.length > 0 ? `${pace.join('，')}。` : ''}`),
      head('一、各参加单位、界别和镇街'), ...lines(bodies), head('二、各位反映人'), ...lines(people),
      body('说明：按提交、编发、采用、批示发生的日子统计；几件合并编发的，每位反映人都计；收回的一期不计。'),
      { text: '' }, { text: `${shortOrgan}办公室`, look: { align: 'right', rightChars: 4 } }, { text: civil(to), look: { align: 'right', rightChars: 4 } },
    ];
  }
}
