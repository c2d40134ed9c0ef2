import { fill } from '../label.ts'
import type { Problem } from '../problem.ts'

const CATALOGUE = {
  'area-fact-invalid': [
    '区划事实不完整：{why}；请补全后重新提交。',
    'The fact about the area is incomplete: {why}; complete it and send it again.',
  ],
  'area-unknown-id': ['没有编号为“{id}”的区划；请先登记它的设立。', 'No area has the id “{id}”; record its creation first.'],
  'area-id-reused': [
    '编号“{id}”已属于{from}设立的“{name}”；一个编号终身只属于一个区划，请另取编号。',
    'The id “{id}” belongs to “{name}”, created on {from}; an id is never used twice, choose another one.',
  ],
  'area-overlapping-life': [
    '“{name}”（{id}）在{date}仍然存续，不能重复设立；请先登记它的撤销或合并。',
    '“{name}” ({id}) still exists on {date} and cannot be created again; record its end first.',
  ],
  'area-not-living': [
    '“{name}”（{id}）在{date}不存在（存续期{from}至{to}）；请核对日期。',
    '“{name}” ({id}) does not exist on {date} (it lives from {from} to {to}); check the date.',
  ],
  'area-ended-twice': ['“{name}”（{id}）在{date}被重复撤并；只保留一项。', '“{name}” ({id}) ends twice on {date}; keep one of the facts.'],
  'area-changed-twice': [
    '“{name}”（{id}）在{date}有两项相互矛盾的“{what}”；只保留一项。',
    '“{name}” ({id}) has two contradicting facts “{what}” on {date}; keep one of them.',
  ],
  'area-successor-missing': [
    '“{name}”（{id}）的承接区划“{heir}”在{date}不存在；请先登记承接区划的设立。',
    'The successor “{heir}” of “{name}” ({id}) does not exist on {date}; record its creation first.',
  ],
  'area-successor-level': [
    '“{name}”（{id}）与承接区划“{heir}”不是同一级；请选择同级区划承接。',
    '“{name}” ({id}) and its successor “{heir}” are not of the same level; choose a successor of the same level.',
  ],
  'area-parts-invalid': [
    '“{name}”（{id}）的承接份额必须是正整数，且承接区划不得重复。',
    'The parts of “{name}” ({id}) must be positive whole numbers and every successor may be named once.',
  ],
  'area-parent-missing': [
    '“{name}”（{id}）的上级“{parent}”在{date}不存在；请核对上级区划。',
    'The parent “{parent}” of “{name}” ({id}) does not exist on {date}; check the parent.',
  ],
  'area-parent-level': [
    '“{name}”（{id}）不能隶属于“{parent}”：下级不得高于或等于上级。',
    '“{name}” ({id}) cannot belong to “{parent}”: an area hangs below one of a higher level.',
  ],
  'area-cycle': ['“{name}”（{id}）成了自己的下级；请核对上级单位。', '“{name}” ({id}) would lie below itself; check the parents.'],
  'area-child-outlives-parent': [
    '“{parent}”在{date}撤销，但下级“{name}”（{id}）仍隶属于它；请登记该下级的去向。',
    '“{parent}” ends on {date} but “{name}” ({id}) still belongs to it; say where that child goes.',
  ],
  'area-code-taken': [
    '代码{code}在{date}同时属于“{name}”（{id}）与“{other}”；请核对其中一项的代码。',
    'On {date} the code {code} belongs to both “{name}” ({id}) and “{other}”; check one of the two.',
  ],
  'area-contradiction': [
    '区划事实有{count}处矛盾，未作任何改动；请逐条处理。',
    'The facts about areas contradict each other in {count} places; nothing was changed. Deal with them one by one.',
  ],
  'area-name-unknown': [
    '{day}没有名为“{name}”的区划；请核对名称或从列表中选择。',
    'No area is called “{name}” on {day}; check the name or choose from the list.',
  ],
  'area-name-ambiguous': [
    '{day}有{count}个区划名为“{name}”：{where}；请写明上级区划。',
    '{count} areas are called “{name}” on {day}: {where}; name the parent too.',
  ],
} as const satisfies Record<string, readonly [string, string]>

export type AreaProblemCode = keyof typeof CATALOGUE

/** A refusal about areas, status 422, or 409 where two facts contradict each other. */
export function areaProblem(code: AreaProblemCode, values: Readonly<Record<string, string | number>>, path?: string): Problem {
  const [zh, en] = CATALOGUE[code]
  const status = code === 'area-fact-invalid' || code.startsWith('area-name') ? 422 : 409
  return { code, status, message: fill({ zh, en }, values), data: values, ...(path === undefined ? {} : { path }) }
}
