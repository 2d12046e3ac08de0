/** Where WeChat asks the phone's owner: who they are, may reminders be sent, yes or no, what does the camera see. */
import type { Phone } from '../phone.ts';
import { Refused } from './api.ts';
import type { Api, Call } from './api.ts';

const templatesAtOnce = 5;

/** Only as the first act of a tap (facts §2.1): whether one is being heard is seen when the call is made, not when it is answered. */
const consents = (phone: Phone, api: Api) => (call: Call = {}): unknown => {
  const { tapping } = phone;
  phone.asked.push('requestSubscribeMessage');
  return api('requestSubscribeMessage', async ({ tmplIds }) => {
    const ids = tmplIds as readonly string[];
    if (!tapping) throw new Error('can only be invoked by user TAP gesture.');
    if (ids.length === 0) throw new Refused('tmplIds empty', 10_001);
    if (ids.length > templatesAtOnce) throw new Refused('templates count out of max bounds', 20_003);
    if (phone.consent === 'off') throw new Refused('The main switch is switched off', 20_004);
    return phone.standIn('subscribe', { tmplIds: ids, choice: phone.consent });
  })(call);
};

const show = (phone: Phone, api: Api) => ({
  showToast: api('showToast', ({ title }) => { phone.shown.push({ as: 'toast', words: String(title) }); return {}; }),
  showModal: api('showModal', ({ title, content }) => {
    phone.shown.push({ as: 'question', words: `${String(title)}\n${String(content)}` });
    const confirm = phone.answer(String(title));
    return { confirm, cancel: !confirm };
  }),
  previewImage: api('previewImage', ({ current }) => { phone.shown.push({ as: 'picture', words: String(current) }); return {}; }),
  makePhoneCall: api('makePhoneCall', ({ phoneNumber }) => { phone.shown.push({ as: 'call', words: String(phoneNumber) }); return {}; }),
  openSetting: api('openSetting', () => { phone.shown.push({ as: 'settings', words: '' }); return { authSetting: {} }; }),
  setNavigationBarTitle: api('setNavigationBarTitle', ({ title }) => { phone.title = String(title); return {}; }),
  setTabBarBadge: api('setTabBarBadge', ({ text }) => { phone.badge = String(text); return {}; }), removeTabBarBadge: api('removeTabBarBadge', () => { phone.badge = ''; return {}; }),
});

export const asking = (phone: Phone, api: Api) => ({
  ...show(phone, api), requestSubscribeMessage: consents(phone, api),
  login: api('login', async () => { if (!phone.online) throw new Error(''); return { code: await phone.wechatCode('login') }; }),
  scanCode: api('scanCode', () => { phone.asked.push('scanCode'); if (phone.code === undefined) throw new Error('cancel'); return { result: phone.code, scanType: 'QR_CODE', charSet: 'utf-8', path: '' }; }),
});
