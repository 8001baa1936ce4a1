/** Help articles, in both languages. They say what the platform does today, and where the button is. */

/** One article. */
export type Article = {
  readonly id: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly paragraphs: readonly { readonly zh: string; readonly en: string }[];
};

/** In the order of a trade. */
export const articles: readonly Article[] = [
  {
    id: "find",
    title: { zh: "怎样找到合适的项目", en: "Finding a tender" },
    paragraphs: [
      {
        zh: "在“交易信息”里输入项目名称、标识码或招标人的名称，两个字起就能准确找到；几个词用空格分开，表示都要有。",
        en: "Under “Notices” type part of a title, a code or the buyer's name. Two characters are enough; words separated by a space must all occur.",
      },
      {
        zh: "左边可以按阶段、区域、行业、金额和截止时间筛选，每个条件后面是还剩几条。条件都在网址里，复制网址就能分享。",
        en: "Filter by stage, district, sector, amount and deadline; the figure behind a filter says how many remain. Filters are kept in the address, so a list can be shared.",
      },
    ],
  },
  {
    id: "bid",
    title: { zh: "怎样投标", en: "Submitting a bid" },
    paragraphs: [
      {
        zh: "先领取招标文件：谁领取、多少家领取，对任何单位保密（招标投标法第二十二条）。对文件有疑问可以匿名提问，答复发给所有人。",
        en: "Take the tender documents first: who took them, and how many did, is kept from everybody (Tendering Law art. 22). Questions are asked without a name and answered to all.",
      },
      {
        zh: "投标文件在你的浏览器里加密，密封后任何人、包括平台都不能读。截止前可以替换或撤回，不影响保证金。",
        en: "The bid is encrypted in your browser; once sealed nobody can read it, the platform included. Until the deadline it may be replaced or withdrawn without loss.",
      },
      {
        zh: "到截止时间就是开标时间。请在时限内用密封时的证书在线解密；因自己原因没有解密的，视为撤销投标文件。",
        en: "The deadline is the opening. Decrypt within the window with the certificate used for sealing; a bid not decrypted for a reason of your own counts as withdrawn.",
      },
    ],
  },
  {
    id: "deposit",
    title: { zh: "保证金怎样交、什么时候退", en: "Bid security: paying and getting it back" },
    paragraphs: [
      {
        zh: "可以转账，也可以用银行保函、保证保险等形式，由投标人自己选，招标人不得只收现金。转账要从本单位的账户转到系统给你的账号。",
        en: "Pay by transfer or by guarantee, as you choose; a buyer may not insist on cash. A transfer comes from your own account to the number that the system gives you.",
      },
      {
        zh: "没有交保证金也可以密封投标，是否按时足额到账在开标时判断。合同签订后五日内退还本金和利息。",
        en: "Sealing is never refused for a missing deposit; whether it came in time is judged at the opening. Principal and interest are returned within five days after the contract is signed.",
      },
    ],
  },
  {
    id: "objection",
    title: { zh: "怎样提出异议", en: "Raising an objection" },
    paragraphs: [
      {
        zh: "对招标文件、开标和中标候选人，可以在法定时限内向招标人提出异议；招标人应当在三日内答复，答复前暂停招标投标活动。",
        en: "Objections to the document, the opening or the candidates go to the buyer within the legal limit. The buyer answers within three days, and until then the procedure is suspended.",
      },
      {
        zh: "对答复不满意，可以向监督部门投诉。每个标段的页面上写着现在还能不能提、最晚到什么时候。",
        en: "If the answer does not satisfy you, complain to the authority. The page of a lot says whether you still may, and until when.",
      },
    ],
  },
  {
    id: "watch",
    title: { zh: "怎样旁观和核验", en: "Watching and checking" },
    paragraphs: [
      {
        zh: "开标和抽取都可以在交易大厅旁观，不用登录。抽取页面的“我来验一次”会在你的浏览器里重新算一遍。",
        en: "Openings and draws can be watched in the halls without an account. “Verify it myself” computes a draw again in your own browser.",
      },
      {
        zh: "每个标段的“过程记录”列出已经公开的事项，每一行都有承诺值。下载的文件可以在“公开核验”里离线检查。",
        en: "“Record” on the page of a lot lists what has been disclosed, each line with its commitment. Downloaded files can be checked under “Verify”.",
      },
    ],
  },
  {
    id: "publish",
    title: { zh: "怎样发布招标公告", en: "Publishing a tender" },
    paragraphs: [
      {
        zh: "顺序是：登记项目、提交进场登记、定稿招标文件、生成开标密钥、签章并发布公告。每一步都写明下一步由谁办。",
        en: "Register the project, submit the admission, issue the document, make the opening key, sign and publish the notice. Each step says who acts next.",
      },
      {
        zh: "时限、保证金和限价在提交时按规则检查；不符合的，会写明依据、差多少、怎样改。",
        en: "Periods, security and ceiling are checked when you submit. A refusal names its article, the figures, and what to do.",
      },
    ],
  },
  {
    id: "access",
    title: { zh: "无障碍声明", en: "Accessibility statement" },
    paragraphs: [
      {
        zh: "我们按 WCAG 2.2 AA 和 GB/T 37668 设计。全部法定行为可以只用键盘完成；每一页都用自动检查工具在打开、出错和实时更新的状态下检查。",
        en: "We design for WCAG 2.2 AA and GB/T 37668. Every lawful act can be done by keyboard alone; pages are checked by tool in opened, failing and live states.",
      },
      {
        zh: "右上角“适老版”把字号、按钮放大并排成一栏；“高对比”只留文字和线条。系统设置了减少动态效果的，页面不再移动。",
        en: "“Large type” enlarges text and controls in one column; “High contrast” keeps words and lines only. Where the system asks for reduced motion, nothing moves.",
      },
      {
        zh: "还没有做到的：没有经过残障用户的实测，没有语音朗读，PDF 文书没有加标签。遇到困难，请向交易中心服务台提出。",
        en: "Not yet: no test with disabled users, no read-aloud, papers are untagged PDFs. Tell the centre's service desk when something stands in your way.",
      },
    ],
  },
];
