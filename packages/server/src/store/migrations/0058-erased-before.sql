-- Of whoever was erased, and of homes that were forgotten, before their declarations and visits were: the key of those is gone, too, and they are
-- read as erased, whatever their acts still say in clear.
insert into "identity_keys" ("county", "id", "record", "wrapped", "erased_at")
select said."county", said."id", said."record", null, gone."erased_at"
from (
  select "county", "id", 'arrival' as "record", "person" as "of", null::timestamptz as "made" from "r_arrival"
  union all
  select "county", "id", 'departure', "person", null from "r_departure"
  union all
  select "county", "id", 'visit', "household", "created_at" from "r_visit"
) as said
join "identity_keys" as gone on gone."id" = said."of" and gone."erased_at" is not null
-- Whoever moved in later is somebody else.
where said."made" is null or said."made" <= gone."erased_at"
on conflict ("id", "county") do update set "wrapped" = null, "erased_at" = excluded."erased_at" where "identity_keys"."erased_at" is null;

update "r_arrival" as r set "sealed" = null from "identity_keys" as k where k."id" = r."id" and k."erased_at" is not null;
update "r_departure" as r set "sealed" = null from "identity_keys" as k where k."id" = r."id" and k."erased_at" is not null;
update "r_visit" as r set "sealed" = null from "identity_keys" as k where k."id" = r."id" and k."erased_at" is not null;
