alter table "r_person" add column "receipts" jsonb;

-- Whoever was received is there by that receipt, in the village that its act says.
update "r_person" as r
set "receipts" = jsonb_build_array(r."brought_by" || ' ' || coalesce(came."village", r."area"))
from (
  select p."id", (
    select e."input" ->> 'village' from "events" as e
    where e."record_id" = p."id" and e."record" = 'person' and e."action" = 'comeToStay' and e."input" ->> 'broughtBy' = p."brought_by"
    order by e."happened_at" desc limit 1
  ) as "village"
  from "r_person" as p where p."brought_by" is not null
) as came
where came."id" = r."id";

alter table "r_person" drop column "brought_by";
