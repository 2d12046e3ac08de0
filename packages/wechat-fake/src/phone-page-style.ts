/** The page's style sheet: the product's colours and phone components, in one column or beside a drawn phone. */
export const pageStyle = `
:root{--bg:#F2F5F6;--surface:#FFFFFF;--line:#DCE3E6;--line-strong:#76858D;--ink:#16232B;--ink-2:#3F4E57;--ink-3:#566670;--on-solid:#FFFFFF;
--brand:#15506B;--brand-press:#0E3D53;--brand-weak:#E4EEF2;--brand-line:#B5CFDA;--seal:#B0372B;--warn:#6B4200;--warn-weak:#FBF0DA;--bad:#94190F;--bad-weak:#FBE9E6;--mute-weak:#EBEFF1;--shell:#16232B;
--font:-apple-system,"PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif}
@media (prefers-color-scheme:dark){:root{--bg:#0E1417;--surface:#172025;--line:#2C3940;--line-strong:#7E8F98;--ink:#E9EFF1;--ink-2:#BCC8CE;--ink-3:#9FADB4;--on-solid:#08222D;
--brand:#8FC9E0;--brand-press:#B4DDED;--brand-weak:#1B3440;--brand-line:#35596A;--seal:#E0786C;--warn:#F1C777;--warn-weak:#352A14;--bad:#FFAFA6;--bad-weak:#3D1D1B;--mute-weak:#222E34;--shell:#2C3940}}
*{box-sizing:border-box;margin:0;padding:0}
html{-webkit-text-size-adjust:100%;-webkit-font-smoothing:antialiased;color-scheme:light dark}
body{font:400 17px/1.5 var(--font);color:var(--ink);background:var(--bg)}
button,input{font:inherit;color:inherit}
[hidden]{display:none!important}
svg{display:block;flex:none}
b{font-weight:600}
.num{font-variant-numeric:tabular-nums}
.ic{width:22px;height:22px}
.page{max-width:640px;margin:0 auto}
main{padding:24px 16px 40px;display:flex;flex-direction:column;gap:12px}
header{padding:0 4px 4px;display:flex;flex-direction:column;gap:8px}
.title{display:flex;align-items:center;gap:10px;flex-wrap:wrap}
.mark{width:36px;height:36px}.mark .table{fill:none;stroke:var(--brand);stroke-width:2.2}.mark .seat{fill:var(--brand)}.mark .seal{fill:var(--seal)}
h1{font-size:26px;line-height:1.3;font-weight:600;letter-spacing:-.2px}
.chip{display:inline-flex;align-items:center;gap:4px;height:26px;padding:0 9px 0 6px;border-radius:999px;font-size:13px;font-weight:600;color:var(--warn);background:var(--warn-weak);white-space:nowrap}.chip .ic{width:16px;height:16px;stroke-width:2}
.lede{color:var(--ink-2);font-size:15px;text-wrap:pretty}
.clock{display:flex;align-items:center;gap:8px;flex-wrap:wrap;font-size:15px;color:var(--ink-2)}.clock .ic{width:18px;height:18px;color:var(--ink-3)}.clock b{color:var(--ink)}
.note{border-radius:10px;padding:12px 14px;font-size:15px;display:flex;gap:10px;background:var(--bad-weak)}.note .ic{color:var(--bad);width:20px;height:20px;margin-top:1px}
.card{background:var(--surface);border-radius:14px;overflow:hidden}
.row{width:100%;border:0;background:none;text-align:left;display:flex;gap:12px;align-items:center;min-height:64px;padding:10px 16px;position:relative;cursor:pointer}
.row:not(:first-child):before{content:"";position:absolute;left:68px;right:0;top:0;border-top:1px solid var(--line)}
.row.first:before{display:none}
.row>.ic-right{width:18px;height:18px;color:var(--ink-3)}
.row:active{background:var(--mute-weak)}
@media (hover:hover){.row:hover{background:var(--mute-weak)}}
:focus-visible{outline:3px solid var(--brand);outline-offset:-3px;border-radius:10px}
.face{width:40px;height:40px;border-radius:12px;background:var(--brand-weak);color:var(--brand);display:grid;place-items:center;flex:none;font-weight:600}
.who{flex:1;min-width:0;display:flex;flex-direction:column;gap:1px;overflow-wrap:anywhere}.who b{font-size:17px;line-height:1.4;font-weight:600}.who span{font-size:13px;color:var(--ink-3)}.who .facts{display:flex;flex-wrap:wrap;gap:0 12px}.who small{font-size:13px;color:var(--ink-2)}
.here{display:none;font-size:13px;font-weight:600;line-height:24px;padding:0 8px;border-radius:6px;background:var(--brand-weak);color:var(--brand);white-space:nowrap}
.row[aria-current] .here{display:inline-block}.row[aria-current] .face{background:var(--brand);color:var(--on-solid)}
.now{display:flex;gap:12px;align-items:center;padding:14px 16px;border:1.5px solid var(--brand-line)}
.btn{min-height:48px;padding:0 18px;border-radius:10px;border:1px solid var(--brand);background:var(--brand);color:var(--on-solid);font-weight:600;white-space:nowrap;cursor:pointer}.btn:active{background:var(--brand-press)}.btn:focus-visible{outline-offset:2px}
.switch{width:52px;height:32px;border-radius:16px;background:var(--line-strong);position:relative;flex:none;transition:background 120ms}
.switch:after{content:"";position:absolute;left:3px;top:3px;width:26px;height:26px;border-radius:50%;background:var(--surface);transition:transform 120ms cubic-bezier(.2,0,0,1)}
[aria-checked=true] .switch{background:var(--brand)}[aria-checked=true] .switch:after{transform:translateX(20px)}
.search{display:flex;align-items:center;gap:10px;min-height:48px;padding:0 14px;border:1px solid var(--line-strong);border-radius:10px;background:var(--surface);color:var(--ink-3);margin-top:4px}
.search input{flex:1;min-width:0;height:46px;border:0;background:none;outline:0;color:var(--ink)}.search input::placeholder{color:var(--ink-3);opacity:1}
.search:focus-within{border-color:var(--brand);box-shadow:inset 0 0 0 1px var(--brand)}
#people{display:flex;flex-direction:column;gap:12px}
h2{font-size:15px;font-weight:600;color:var(--ink-2);padding:0 4px;min-height:40px;display:flex;align-items:center;justify-content:space-between;gap:12px}h2 small{font-size:13px;font-weight:400;color:var(--ink-3);white-space:nowrap}
.empty{padding:24px 4px;color:var(--ink-2);text-align:center}
aside{display:none}
@media (min-width:960px){
.page{max-width:1240px;display:grid;grid-template-columns:minmax(0,1fr) auto;gap:24px 64px;padding:0 32px;align-items:start}
main{padding:40px 0 64px;max-width:640px;width:100%;justify-self:end}
aside{display:grid;place-items:center;position:sticky;top:0;height:100vh;min-height:600px;width:calc(395px*var(--fit,1))}
.device{width:395px;height:832px;padding:10px;border-radius:52px;background:var(--shell);box-shadow:0 8px 28px rgba(14,40,52,.16);transform:scale(var(--fit,1))}
.screen{width:375px;height:812px;border-radius:42px;overflow:hidden;background:var(--bg)}
.screen iframe{display:block;width:375px;height:812px;border:0;background:var(--bg)}
.blank{height:100%;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:6px;color:var(--ink-2);font-size:15px}.blank .ic{width:40px;height:40px;color:var(--ink-3);stroke-width:1.4}.blank b{font-size:18px;color:var(--ink)}
}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
`;
