create index "r_watch_worker_idx" on "r_watch" ("worker");

create index "r_visit_worker_idx" on "r_visit" ("worker");
