import { Controller, Inject } from '@nestjs/common';
import { catalogue } from '@lvzhi/contracts';
import type { Answer } from '@lvzhi/contracts';
import type { Limit } from '@lvzhi/domain';
import { Directory } from '../platform/directory.ts';
import { digest } from '../platform/ids.ts';
import { Serves } from '../platform/serves.ts';
import { Settings } from '../platform/settings.ts';
import type { Coded } from '../platform/settings.ts';

const codes = (list: readonly Coded[]) => list.map(({ code, name }) => ({ code, name }));
const bounds = ({ min = 0, max }: Limit) => ({ min, max });

/** What the forms need: rules of the term and who there is. */
@Controller()
export class CatalogueController {
  constructor(@Inject(Settings) private readonly settings: Settings, @Inject(Directory) private readonly directory: Directory) {}

  @Serves(catalogue.showCatalogue) showCatalogue(): Promise<Answer<typeof catalogue.showCatalogue>> {
    const { settings, directory: { page } } = this;
    const maxBytes = settings.get('files.maxBytes');
    const view = {
      opinion: { limits: this.limits('opinion.limits'), categories: codes(settings.get('opinion.categories')), natures: codes(settings.get('opinion.natures')), notAdoptedReasons: codes(settings.get('opinion.notAdoptedReasons')), series: codes(settings.get('issue.series')), instructionLevels: codes(settings.get('opinion.instructionLevels')) },
      proposal: { limits: this.limits('proposal.limits'), categories: codes(settings.get('categories')), outcomes: codes(settings.get('proposal.outcomes')), rejectReasons: codes(settings.get('proposal.rejectReasons')) },
      talkForms: codes(settings.get('talk.forms')), secretReasons: codes(settings.get('secret.reasons')), supervisionForms: codes(settings.get('supervision.forms')), replyClasses: codes(settings.get('replyClasses')), replyPublicity: codes(settings.get('reply.publicity')),
      urgencies: codes(settings.get('urgencies')), returnReasons: [...settings.get('returnReasons')], rerouteReasons: [...settings.get('rerouteReasons')],
      committees: page.bodiesOf('committee'), towns: page.bodiesOf('town'), units: page.bodiesOf('unit').map((it) => ({ ...it, unassignable: page.whyUnassignable(it.id) ?? null })),
      visit: { forms: codes(settings.get('visit.forms')), topics: [...settings.get('visit.topics')] },
      files: { phoneBytes: maxBytes.phone, deskBytes: maxBytes.desk, types: ['jpg', 'png', 'heic', 'pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'wps'] },
      secretNotice: settings.get('texts').secretNotice, pledge: settings.get('texts').pledge, undoSeconds: settings.get('undo.seconds'), entryPapers: settings.get('entry.papers'),
    };
    return Promise.resolve({ version: digest(JSON.stringify(view)).slice(0, 12), ...view });
  }

  private limits(name: 'opinion.limits' | 'proposal.limits') {
    const it = this.settings.get(name);
    const units = this.settings.get('proposal.limits').units;
    return { title: bounds(it.title), situation: bounds(it.situation), analysis: bounds(it.analysis), suggestion: bounds(it.suggestion), total: it.total, files: it.files, units };
  }
}
