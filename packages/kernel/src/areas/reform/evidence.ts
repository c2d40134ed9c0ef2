import { type Label, label } from '../../label.ts'

/** A ground for a proposal: how far it may be trusted by itself, and the sentence a person reads. */
export interface Evidence {
  readonly confidence: number
  readonly reason: Label
}

const ground = (confidence: number, zh: string, en: string): Evidence => ({ confidence, reason: label(zh, en) })

/** Grounds in the order in which they are tried. The figures order the work of the person who confirms; they are no probabilities. */
export const EVIDENCE = {
  sameCodeAndName: ground(1, '代码、名称均未变', 'code and name are unchanged'),
  sameCodeAndStem: ground(0.98, '代码未变，名称只改了后缀或数字写法', 'same code, only the ending or the numeral of the name changed'),
  onlyName: ground(0.95, '名称在本县新旧清单中都唯一', 'the name occurs once in the old and once in the new list of the county'),
  onlyNameInCity: ground(
    0.85,
    '名称在全市新旧清单中都唯一，且同乡镇另有村一同划转',
    'the name occurs once in both lists of the city, and others of its town went the same way',
  ),
  nameOnTheWay: ground(0.85, '同名村位于所在乡镇的去向乡镇', 'a village of the same name lies in the town to which its own town went'),
  sameSound: ground(0.85, '读音相同，位于去向乡镇', 'sounds the same and lies where its town went'),
  sameCodeLikeName: ground(0.9, '代码未变，名称相近', 'same code and a similar name'),
  sameCodeOtherName: ground(
    0.55,
    '代码未变但名称不同：可能是更名，也可能是代码另作他用',
    'same code, different name: renamed, or the code was given to another place',
  ),
  likeName: ground(0.65, '名称相近，位于去向乡镇', 'a similar name where its town went'),
  sameOrder: ground(0.6, '与同乡镇其他村按同样的次序改编了代码', 'its code shifted by the same step as the others of its town'),
  composed: ground(0.5, '新村名由几个被撤村的村名用字组成', 'the new name is composed of characters of the vanished names'),
  nameTwice: ground(0.5, '去向乡镇已有同名村', 'a village of the same name exists where its town went'),
  partOfName: ground(0.4, '名称包含被撤村的名称', 'one name contains the other'),
  neighbour: ground(
    0.2,
    '名称中没有线索；按清单次序取最近的存续村，须人工确定',
    'the names say nothing; the nearest surviving village in the list is proposed, a person must decide',
  ),
  somewhere: ground(0.1, '清单中没有线索，须人工确定', 'the lists say nothing, a person must decide'),
  townStem: ground(0.97, '名称只改了乡、镇、街道的级别', 'only the rank in the name changed (township, town, street)'),
  townCode: ground(0.8, '代码未变，大部分村仍在其中', 'same code, and most villages are still in it'),
  townVillages: ground(0.75, '大部分村互相对应，名称相近或同音', 'most villages correspond and the names are alike'),
  countyCode: ground(0.95, '县级代码未变', 'the code of the county is unchanged'),
  countyStem: ground(0.95, '县级名称未变或只改了县、市、区', 'only the rank or the code of the county changed'),
  countyTowns: ground(0.75, '大部分乡镇互相对应', 'most of their towns correspond'),
  villagesMoved: ground(0.9, '按各村去向推定', 'concluded from where its villages went'),
  fresh: ground(0.5, '旧清单中找不到来源', 'nothing in the old list leads to it'),
  gone: ground(0.3, '新清单中找不到去向', 'nothing in the new list continues it'),
} as const satisfies Readonly<Record<string, Evidence>>
