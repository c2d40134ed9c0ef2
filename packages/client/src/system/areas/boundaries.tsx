import { counted, type Label } from '@guatu/kernel'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Modal, Segmented, Typography, Upload } from 'antd'
import { useState } from 'react'
import { asProblem, call } from '../../api/client.ts'
import { useSpeech, w } from '../../shell/language.tsx'

const SYSTEMS = {
  wgs84: w('WGS-84（GPS、国际）', 'WGS-84 (GPS)'),
  gcj02: w('GCJ-02（高德、腾讯）', 'GCJ-02 (AMap, Tencent)'),
  bd09: w('BD-09（百度）', 'BD-09 (Baidu)'),
} as const

interface Done {
  readonly kept: number
  readonly unknown: readonly string[]
  readonly faulty: readonly { readonly name: string; readonly why: Label }[]
}

/** Takes real boundaries in: a GeoJSON file, and the coordinate system that only the person who has it knows. */
export function BoundariesDialogue({ onClose }: { onClose(): void }) {
  const { t } = useSpeech()
  const client = useQueryClient()
  const [crs, setCrs] = useState('wgs84')
  const send = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.append('file', file)
      return call<Done>(`/api/areas/boundaries?crs=${crs}`, { form })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['geo'] }),
  })
  const { data: done } = send
  return (
    <Modal open title={t(w('导入边界', 'Import boundaries'))} footer={null} onCancel={onClose}>
      <Flex vertical gap={12} align="start">
        <Typography.Text>
          {t(
            w(
              'GeoJSON，按代码或名称对应区划；已有的同名边界被替换，自相交或位置不符的不予保存，原有的不变。导入后挂图可切换到边界图。',
              'GeoJSON; areas are found by code or name, boundaries that are there are replaced. One that crosses itself or lies elsewhere is not kept, and what was there stays. The wall then offers them.',
            ),
          )}
        </Typography.Text>
        <Segmented
          aria-label={t(w('坐标系', 'Coordinate system'))}
          value={crs}
          options={Object.entries(SYSTEMS).map(([value, label]) => ({ value, label: t(label) }))}
          onChange={setCrs}
        />
        <Upload
          accept=".geojson,.json"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(file) => {
            send.mutate(file)
            return false
          }}
        >
          <Button type="primary" loading={send.isPending}>
            {t(w('选择GeoJSON文件', 'Choose a GeoJSON file'))}
          </Button>
        </Upload>
        {send.error && <Alert type="error" showIcon role="alert" title={t(asProblem(send.error).message)} />}
        {done && (
          <Alert
            type={done.kept === 0 ? 'error' : done.unknown.length + done.faulty.length > 0 ? 'warning' : 'success'}
            showIcon
            role="status"
            title={t({
              zh: `已保存${done.kept}个边界，${done.unknown.length}个不知是何区划，${done.faulty.length}个有误未保存。`,
              en: `${counted(done.kept, 'boundary', 'boundaries')} kept, ${done.unknown.length} of unknown areas, ${done.faulty.length} faulty and not kept.`,
            })}
            description={
              <>
                {done.unknown.length > 0 && (
                  <div>{`${t(w('不知是何区划', 'Unknown areas'))}${t(w('：', ': '))}${done.unknown.join(t(w('、', ', ')))}`}</div>
                )}
                {done.faulty.map(({ name, why }) => (
                  <div key={name}>{`${name}${t(w('：', ': '))}${t(why)}`}</div>
                ))}
              </>
            }
          />
        )}
      </Flex>
    </Modal>
  )
}
