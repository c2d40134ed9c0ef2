import type { Problem } from '../problem.ts'
import { fill } from '../words/fill.ts'

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
  'area-row-code': [
    '第{line}行代码“{code}”不正确：应为2、4、6、9或12位数字；请更正后重新导入。',
    'Line {line}: the code “{code}” is not one of 2, 4, 6, 9 or 12 digits; correct it and import again.',
  ],
  'area-row-name': ['第{line}行（{code}）没有名称；请补填。', 'Line {line} ({code}) has no name; fill it in.'],
  'area-row-twice': [
    '第{line}行代码{code}（“{name}”）重复出现；只保留一行。',
    'Line {line}: the code {code} (“{name}”) occurs twice; keep one line.',
  ],
  'area-row-parent': [
    '第{line}行“{name}”（{code}）的上级{parent}不在清单中或未被接受；请先补上上级。',
    'Line {line}: the parent {parent} of “{name}” ({code}) is not in the list or was refused; add it first.',
  ],
  'area-row-other-place': [
    '第{line}行：代码{code}在本系统中是“{ours}”，清单中却是“{name}”（本系统中“{name}”的代码：{elsewhere}）；两份清单的代码不通用，请改用名称核对。',
    'Line {line}: here the code {code} denotes “{ours}”, in the list “{name}” (whose code here is {elsewhere}); the codes of the two lists differ, match them by name.',
  ],
  'area-row-other-code': [
    '第{line}行：“{name}”在本系统中的代码是{ours}，清单中是{code}；如确已变更代码，请登记“代码变更”，否则删除此行。',
    'Line {line}: here “{name}” has the code {ours}, in the list {code}; record a change of code if that is so, else drop the line.',
  ],
  'area-row-under-refused': [
    '第{line}行“{name}”（{code}）的上级{parent}未被接受；请先处理上级。',
    'Line {line}: the parent {parent} of “{name}” ({code}) was refused; deal with it first.',
  ],
  'unit-row-name': [
    '名称“{name}”不能用：请填写单位或网格的名称，至少一个文字，不超过{longest}字。',
    'The name “{name}” cannot be used: write the name of the unit or grid, with a letter in it and at most {longest} characters.',
  ],
  'unit-row-level': [
    '“{name}”的层级“{level}”不能这样登记：请填“单位”或“网格”；有区划代码的用区划名单导入。',
    '“{name}” cannot be recorded as “{level}”: write unit or grid; areas with a code come by the list of areas.',
  ],
  'unit-row-parent': [
    '“{name}”没有上级：请填所属区划的代码或全名，内设机构填所属单位。',
    '“{name}” has no parent: write the code or full name of its area, or the unit it is part of.',
  ],
  'unit-row-parent-unknown': [
    '“{name}”的上级“{parent}”对不上：{whyZh}也可填区划代码，或本表中另一单位的名称。',
    'The parent “{parent}” of “{name}” was not found: {whyEn} A code or the name of another unit of the list will do too.',
  ],
  'unit-row-parent-level': [
    '“{name}”不能隶属于“{parent}”：网格隶属于村（社区）或其以上区划，请改填上级。',
    '“{name}” cannot belong to “{parent}”: a grid belongs to a village or an area above one; write another parent.',
  ],
  'unit-row-date': [
    '“{name}”的日期“{date}”不是日历上的一天：请写作2020-02-14。',
    'The date “{date}” of “{name}” is no day of the calendar: write it as 2020-02-14.',
  ],
  'unit-row-early': [
    '“{name}”的日期{date}早于上级“{parent}”在本系统的起始日{from}：请填{from}或以后的日期。',
    'The date {date} of “{name}” lies before {from}, from when its parent “{parent}” is known here: write {from} or a later day.',
  ],
  'unit-row-twice': [
    '“{name}”与同一上级下的“{other}”名称或简称相同（{words}）：请改用不同的名称，或去掉相同的简称。',
    '“{name}” shares a name or short name with “{other}” of the same parent ({words}): choose another name, or leave the short name out.',
  ],
  'unit-row-short': [
    '“{name}”的简称“{short}”是一个区划的名称，会与该区划混淆：请去掉或改写这个简称。',
    'The short name “{short}” of “{name}” is the name of an area and would be taken for it: leave it out or choose another one.',
  ],
  'unit-row-id': [
    '“{name}”的编号“{id}”不能用：请用1到40个字母、数字或-，且未曾使用；也可留空由系统编号。',
    'The id “{id}” of “{name}” cannot be used: take 1 to 40 letters, digits or -, never used before, or leave it out.',
  ],
  'unit-row-other-id': [
    '“{name}”在名册中的编号是“{known}”，这一行写的是“{id}”：请核对编号和名称；更名请在单位名册中办理。',
    'The register knows “{name}” under the id “{known}”, this line says “{id}”: compare id and name; to rename a unit, use the register of units.',
  ],
  'unit-unknown': [
    '没有编号为“{id}”的单位或网格：请从单位名册中选择。',
    'No unit or grid has the id “{id}”: choose one from the list of units.',
  ],
  'unit-ended': [
    '“{name}”自{to}起已撤销，不能再变更；请核对日期。',
    '“{name}” ended on {to} and cannot be changed any more; check the date.',
  ],
  'unit-first-day': [
    '“{name}”自{from}起登记，{date}不能变更：请填{next}或以后的日期。',
    '“{name}” is recorded from {from} on and cannot be changed on {date}: choose {next} or a later day.',
  ],
  'unit-changed-already': [
    '“{name}”在{date}已变更过一次，一天只能变更一次：请填{next}或以后的日期。',
    '“{name}” was changed on {date} already, and once a day is all: choose {next} or a later day.',
  ],
  'unit-has-units': [
    '“{name}”在{date}还有下属“{below}”：请先撤销该下属。',
    '“{name}” still has “{below}” below it on {date}: end that one first.',
  ],
  'area-reform-unknown': [
    '提案“{proposal}”涉及的代码{code}在{day}不存在；请用该日的清单重新比对。',
    'The proposal “{proposal}” names the code {code}, which does not exist on {day}; compare again with the list of that day.',
  ],
} as const satisfies Record<string, readonly [string, string]>

export type AreaProblemCode = keyof typeof CATALOGUE

/** A refusal about areas, status 422, or 409 where two facts contradict each other. */
export function areaProblem(code: AreaProblemCode, values: Readonly<Record<string, string | number>>, path?: string): Problem {
  const [zh, en] = CATALOGUE[code]
  const status = code === 'unit-unknown' ? 404 : code === 'area-fact-invalid' || /^(?:area-(?:name|row)|unit-row)/.test(code) ? 422 : 409
  return { code, status, message: fill({ zh, en }, values), data: values, ...(path === undefined ? {} : { path }) }
}
