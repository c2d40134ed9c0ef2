create index "r_watch_due_morning_id_idx" on "r_watch" ("due_morning", "id");

drop index "r_watch_until_id_idx";
