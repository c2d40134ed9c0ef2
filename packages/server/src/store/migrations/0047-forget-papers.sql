create table "file_mentions" (
  "county" text collate "C" not null,
  "hash" text not null,
  "record" text collate "C" not null,
  "record_id" uuid not null,
  primary key ("hash", "record_id", "county")
);

alter table "r_watch" add column "forgotten_on" date;

-- Files that acts named before: any value that has the form of a reference to a file.
insert into "file_mentions" ("county", "hash", "record", "record_id")
select distinct e."county", f ->> 'hash', e."record", e."record_id"
from "events" e, jsonb_path_query(e."input", '$.** ? (exists (@.hash) && exists (@.size) && exists (@.type))') f
where f ->> 'hash' is not null
on conflict do nothing;
