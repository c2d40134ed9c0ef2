create index "r_assignment_path_household_idx" on "r_assignment" ("path", "household");

alter table "r_watch" add column "appointed" boolean;

-- Workers that were chosen by hand stay: by the act of choosing, or with the entry.
update "r_watch" set "appointed" = true where id in (
  select e.record_id from events e
  where e.record = 'watch' and (e.action = 'assign' or (e.action = 'enter' and jsonb_exists(e.input, 'worker')))
    and not exists (
      select 1 from events c where c.record = 'watch' and c.record_id = e.record_id and c.corrects = e.id and jsonb_exists(c.input, 'void')
    )
);
