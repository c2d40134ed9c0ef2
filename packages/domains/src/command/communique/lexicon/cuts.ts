// How the weights were made: a logistic score (squared penalty 0.02, averaged over rounds) of every comma between two clauses of published
// communiqués and of the fixtures, cut or not cut by the annotation. Each text counts twice: as a reader saw it whose rules had not been
// mended on it, and as today's rules see it. Kept are signs of at least 15 texts, rounded to 0.1. `../signs.ts` says what each family is.

/** Families of signs: of the clause, of the one before and after it, and of the directive at hand (held, opener, worked: it has work in it). */
export type SignFamily =
  | 'mark'
  | 'choice'
  | 'rule'
  | 'kind'
  | 'kindBefore'
  | 'kindAfter'
  | 'kinds'
  | 'choiceKind'
  | 'opener'
  | 'worked'
  | 'workedKind'
  | 'modal'
  | 'modalAfter'
  | 'modalOpener'
  | 'place'
  | 'left'
  | 'clauses'
  | 'length'
  | 'lengthBefore'
  | 'lengthHeld'
  | 'workedLength'
  | 'kindLength'
  | 'tier'
  | 'tierHeld'
  | 'tierBefore'
  | 'workedTier'
  | 'field'
  | 'fieldBefore'
  | 'fieldAfter'
  | 'workedField'
  | 'form'
  | 'formBefore'
  | 'formAfter'
  | 'beginsWith'
  | 'opensWith'
  | 'endsWith'
  | 'openedBefore'
  | 'endedBefore'
  | 'verb'

/** What each sign says for a cut before the clause (or against it), by family. */
export const CUT_SIGNS: Readonly<Record<SignFamily, string>> = {
  mark: 'fresh 0.6 sameVerb 0.5 follows 0.2 prohibition 0.2 parallel 0.1 verb 0.1 parallelLong 0.1 bias -0.1',
  choice: '1 0.5 0 -0.3',
  rule: 'cut.addressee+ 1.1 cut.modal+ 1 cut.verb+ 0.1 join.soft- -0.1 join.means- -0.1 join.enabling- -0.1 join.manner- -0.2 join.soft+ -0.3 join.topic- -0.3 join.purpose- -0.4 join.condition- -0.7 join.means+ -0.7',
  kind: 'condition 1 hard 0.1 responsibility 0.1 soft -0.1 enabling -0.1 manner -0.2 purpose -0.3',
  kindBefore:
    'generic 0.2 purpose 0.2 hard 0.1 statement 0.1 responsibility 0.1 manner -0.2 soft -0.4 means -0.6 enabling -0.7 condition -0.9 case -1.2',
  kindAfter: 'statement 0.3 hard 0.2 responsibility 0.2 generic -0.1 end -0.1 means -0.1 enabling -0.2 soft -0.3 manner -0.8 condition -1',
  kinds:
    'purpose>hard 0.7 statement>statement 0.5 statement>generic 0.5 hard>hard 0.4 generic>hard 0.4 generic>generic 0.2 hard>statement 0.2 hard>manner 0.1 hard>generic 0.1 manner>statement -0.1 responsibility>hard -0.1 generic>means -0.1 soft>means -0.2 means>means -0.2 generic>purpose -0.2 soft>hard -0.2 statement>manner -0.2 generic>statement -0.2 hard>responsibility -0.2 statement>purpose -0.2 purpose>statement -0.2 soft>statement -0.2 generic>soft -0.2 soft>soft -0.3 hard>purpose -0.3 soft>purpose -0.3 means>purpose -0.3 soft>generic -0.4 statement>hard -0.4 means>statement -0.4 soft>manner -0.4 enabling>hard -0.5 purpose>purpose -0.5 means>soft -0.5 means>generic -0.5 generic>manner -0.5 purpose>generic -0.6 manner>purpose -0.6 manner>soft -0.6 means>hard -0.7 hard>soft -0.7 purpose>soft -0.7 manner>manner -0.8 condition>hard -1 manner>generic -1 case>hard -1.6',
  choiceKind:
    '1soft 0.4 1means 0.2 1responsibility 0.2 1enabling 0.2 1hard 0.1 0generic -0.1 0hard -0.1 0manner -0.1 0responsibility -0.1 0soft -0.2 0means -0.2 0enabling -0.4 0purpose -0.4 0condition -1.3',
  opener: 'means 0.3 manner 0.3 responsibility 0.2 enabling 0.1 condition 0.1 hard -0.1 purpose -0.1 case -0.2 soft -0.4',
  worked: '0 -0.1',
  workedKind:
    '1generic 0.2 0enabling 0.1 1hard 0.1 0responsibility 0.1 0soft -0.1 1statement -0.1 1manner -0.1 0generic -0.2 1purpose -0.3 1enabling -0.3 0purpose -0.3 1soft -0.3 0condition -0.5 0manner -0.5',
  modal: 'plainTold 1.2 noTold 0.8 plain 0.6 strong 0.2 no -0.2',
  modalAfter: 'plainTold 0.6 end -0.1 plain -0.2 strong -0.2',
  modalOpener: 'noTold 1.1 no 0.3 strong -0.2 plainTold -0.3 plain -0.3',
  place: '2 0.1 6 0.1 1 -0.2 5 -0.3',
  left: '5 -0.1 1 -0.1',
  clauses: '1 0.1 3 -0.1 2 -0.2 5 -0.2 4 -0.3',
  length: '4 0.1 5 0.1 2 -0.1 6 -0.1 1 -0.1 3 -0.1 0 -0.2',
  lengthBefore: '4 0.2 3 0.1 1 -0.1 6 -0.1 2 -0.3 0 -0.5',
  lengthHeld: '3 0.2 1 0.1 2 0.1 4 -0.2 0 -0.5 5 -0.7',
  workedLength: '14 0.2 06 0.1 15 0.1 00 0.1 01 -0.1 13 -0.1 05 -0.1 12 -0.2 16 -0.2 03 -0.3 10 -0.5',
  kindLength:
    'condition2 0.5 means1 0.2 hard1 0.2 means0 0.2 soft3 0.2 statement0 0.2 hard3 0.1 enabling1 0.1 hard2 0.1 purpose3 -0.1 statement2 -0.1 manner0 -0.1 statement3 -0.1 purpose0 -0.1 statement1 -0.1 manner1 -0.1 generic0 -0.1 soft1 -0.2 generic2 -0.2 hard0 -0.2 manner2 -0.2 soft0 -0.2 purpose2 -0.4 soft2 -0.4 purpose1 -0.4 means3 -0.5 responsibility0 -0.7 manner3 -0.7',
  tier: '5 0.2 4 0.1 0 -0.1 3 -0.1 2 -0.3',
  tierHeld: '0 0.1 3 0.1 2 -0.3',
  tierBefore: '4 0.1 5 0.1 3 -0.1 2 -0.2 0 -0.2',
  workedTier: '15 0.3 03 0.3 14 0.2 05 -0.1 04 -0.1 10 -0.1 02 -0.2 13 -0.4 12 -0.4',
  field: 'differ 0.2 family 0.1 same -0.1 none -0.1',
  fieldBefore: 'differ 0.1 weak -0.1 none -0.1',
  fieldAfter: 'differ 0.1 end -0.1 weak -0.3',
  workedField: '1weak 0.2 0differ 0.2 1family 0.1 1differ 0.1 0none -0.1 1same -0.1 0weak -0.2 1none -0.2 0family -0.2',
  form: 'information 0.4 system 0.2 quote 0.1 work 0.1 more 0.1 list -0.1 strict -0.1 slogan -0.2 aim -0.2 found -0.3 inPlace -0.3 result -0.4 preposed -0.4 number -0.4 duty -0.5',
  formBefore:
    'found 0.5 number 0.5 information 0.2 do 0.2 more 0.2 system 0.2 inPlace 0.2 quote 0.1 work 0.1 aim 0.1 list -0.1 slogan -0.2 preposed -0.4 duty -0.7',
  formAfter:
    'strict 0.9 number 0.5 quote 0.3 system 0.3 inPlace 0.2 do 0.1 information 0.1 duty 0.1 found -0.1 slogan -0.2 result -0.2 aim -0.3 preposed -0.4',
  beginsWith:
    '科学 0.9 有序 0.8 加大 0.8 继续 0.5 积极 0.4 保持 0.3 落实 0.3 完善 0.2 加强 0.1 严格 0.1 持续 0.1 及时 0.1 认真 -0.2 提高 -0.2 做好 -0.2 统筹 -0.2 按照 -0.2 帮助 -0.2 抓紧 -0.2 引导 -0.3 进一 -0.4 坚决 -0.4 充分 -0.4 全面 -0.5 推动 -0.5 不断 -0.5 切实 -0.6 尽快 -0.6 全力 -0.6 做到 -0.7 确保 -0.8 形成 -0.9 坚持 -1 毫不 -1.1 努力 -1.2',
  opensWith:
    '增强 0.6 形成 0.3 防止 0.3 引导 0.3 提高 0.2 加强 0.2 严防 0.2 加大 0.2 推进 0.2 落实 0.1 发挥 0.1 组织 0.1 做好 -0.1 按照 -0.1 确保 -0.2 保持 -0.2 制定 -0.2 推动 -0.2 恢复 -0.2 完善 -0.2 坚持 -0.3 打赢 -0.3 加快 -0.3 克服 -0.4 保障 -0.5 阻断 -0.6 做到 -0.7 把疫 -0.7 努力 -1.2',
  endsWith:
    '力量 0.9 防控 0.7 方案 0.6 机制 0.5 管理 0.4 人员 0.4 管控 0.4 要求 -0.1 力度 -0.1 保障 -0.1 一人 -0.2 责任 -0.2 任务 -0.2 工作 -0.3 到位 -0.3 落实 -0.4 措施 -0.4 击战 -0.4 复产 -0.4 部署 -0.6 发展 -0.6 秩序 -1.2 举措 -1.6',
  openedBefore:
    '建立 0.8 保障 0.8 制定 0.7 推进 0.7 恢复 0.4 推动 0.4 保持 0.3 做到 0.3 提高 0.1 落实 0.1 做好 0.1 确保 0.1 加强 0.1 强化 0.1 压实 0.1 在做 -0.1 安排 -0.1 按照 -0.1 优化 -0.2 开展 -0.2 加大 -0.2 深入 -0.3 坚持 -0.3 把思 -0.3 克服 -0.5 增强 -0.7 认识 -0.7 把疫 -0.8 贯彻 -1 重视 -1 采取 -1.5',
  endedBefore:
    '建设 0.9 意识 0.8 保障 0.6 落实 0.4 措施 0.3 管理 0.3 力度 0.2 到位 0.2 秩序 0.2 方案 0.1 服务 -0.1 情况 -0.2 工作 -0.2 责任 -0.2 要求 -0.3 人员 -0.3 力量 -0.3 防控 -0.3 管控 -0.4 举措 -0.4 站位 -0.5 排查 -0.5 复产 -0.5 问题 -0.5 精神 -0.6 机制 -0.6 思想 -0.7 同时 -0.8 提下 -0.9 部署 -1 上来 -1.1 形势 -1.5',
  verb: '组织 0.4 引导 0.3 提高 0.2 加强 0.2 推进 0.2 防 0.2 形成 0.1 做好 -0.1 保持 -0.2 制定 -0.2 推动 -0.2 恢复 -0.2 严格 -0.2 完善 -0.2 坚持 -0.3 加快 -0.3 保障 -0.5 阻断 -0.6',
}
