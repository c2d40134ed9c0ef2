export { ApiProblem, asProblem, call } from './api/client.ts'
export { download } from './api/download.ts'
export { type LiveState, useLive } from './api/live.ts'
export { type Geo, type Groups, type MapFigures, useGeo, useGroups, useGroupsOfEach, useMapFigures } from './api/map-queries.ts'
export {
  type Act,
  type ActAnswer,
  type Filters,
  newId,
  useAct,
  useActs,
  useAreas,
  useBoard,
  useBulk,
  useCount,
  useCountsOfEach,
  useMe,
  useRecord,
  useRecords,
  useTimeline,
} from './api/queries.ts'
export { readerOf, rulesOf, useRules } from './api/rules.ts'
export { itsOwn } from './api/together.ts'
export type { AreaNode, Board, Figure, Me, Receipt, Row, RowPage } from './api/types.ts'
export { Light } from './charts/light.tsx'
export { QrCode } from './charts/qr-code.tsx'
export { Spark } from './charts/spark.tsx'
export { FieldInput } from './kinds/inputs.tsx'
export { RecordName, TitleView } from './kinds/record-name.tsx'
export { FieldView } from './kinds/view.tsx'
export { BoundaryMap } from './maps/boundary-map.tsx'
export { type CityMap, layCity } from './maps/cartogram-layout.ts'
export { CartogramMap } from './maps/cartogram-map.tsx'
export type { Look } from './maps/draw.ts'
export { MarkShape } from './maps/mark-shape.tsx'
export type { MarkLevel } from './maps/marks.ts'
export { type ColourScale, sequentialScale } from './maps/scale.ts'
export { ZOOM_STEP, type Zoom } from './maps/zoom-buttons.tsx'
export { ActDialogue, ActForm } from './records/act-form.tsx'
export { Actions } from './records/actions.tsx'
export { filtersOf } from './records/behind.ts'
export type { BulkAction } from './records/bulk.tsx'
export { Choice } from './records/choice.tsx'
export { type Chip, FiguredWords, PutBack } from './records/figured-words.tsx'
export type { Preset } from './records/filter-tabs.tsx'
export { OtherEntries } from './records/other-entries.tsx'
export { usePreference } from './records/preference.ts'
export { OnlyNow } from './records/present-state.tsx'
export { RecordList, type RecordListProps } from './records/record-list.tsx'
export { RecordLink, RecordPanel } from './records/record-panel.tsx'
export { useRemembered } from './records/remembered.ts'
export { PurposeInput, Reveal } from './records/reveal.tsx'
export type { RowGroup } from './records/rows.tsx'
export { SheetOut } from './records/sheet-out.tsx'
export { Timeline } from './records/timeline.tsx'
export { PrintedPage, PrintedTable, type WordedField, WordedPage } from './records/worded-page.tsx'
export { GuatuApp } from './shell/app.tsx'
export { AsOf } from './shell/app-shell.tsx'
export { DownloadButton } from './shell/download-button.tsx'
export { LanguageProvider, useSpeech, w } from './shell/language.tsx'
export { MenuButton } from './shell/menu-button.tsx'
export { type Place, usePlace } from './shell/place.tsx'
export { usePrinting } from './shell/printing.ts'
export { pageOf, renewWhenUpdated } from './shell/renewed.ts'
export type { Screen, WayOn } from './shell/screens.ts'
export { Sideways } from './shell/sideways.tsx'
export { Failed, Loaded, Outdated } from './shell/states.tsx'
export { wallTheme } from './shell/theme.ts'
export { liesIn, wayUp } from './shell/way-up.ts'
