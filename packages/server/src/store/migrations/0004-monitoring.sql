create table "r_arrival" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "person" uuid,
  "household" uuid,
  "channel" text,
  "arrived_on" date,
  "arrived_at" timestamptz,
  "origin" text,
  "origin_code" text,
  "via" text,
  "transport" text,
  "transport_number" text,
  "companions" jsonb,
  "history" jsonb,
  "last_contact" date,
  "own_room" boolean,
  "temperature" numeric,
  "symptoms" jsonb,
  "purpose" text,
  "certificate" text,
  "declared_by" text,
  "declared_at" timestamptz,
  "late" boolean,
  "listed" boolean,
  "measure" text,
  "class" text,
  "from" date,
  "until" date,
  "reason" jsonb,
  "watch" uuid,
  "confirmed_on" date,
  primary key ("id", "county")
);

create index "r_arrival_path_id_idx" on "r_arrival" ("path", "id");

create index "r_arrival_arrived_on_id_idx" on "r_arrival" ("arrived_on", "id");

create index "r_arrival_person_idx" on "r_arrival" ("person");

create index "r_arrival_household_idx" on "r_arrival" ("household");

create index "r_arrival_watch_idx" on "r_arrival" ("watch");

create index "r_arrival_path_arrived_on_idx" on "r_arrival" ("path", "arrived_on");

create table "r_departure" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "person" uuid,
  "household" uuid,
  "channel" text,
  "leaves_on" date,
  "destination" text,
  "destination_code" text,
  "transport" text,
  "transport_number" text,
  "companions" jsonb,
  "purpose" text,
  "employer" text,
  "certificate" text,
  "temperature" numeric,
  "returns_on" date,
  "declared_by" text,
  "left_on" date,
  primary key ("id", "county")
);

create index "r_departure_path_id_idx" on "r_departure" ("path", "id");

create index "r_departure_leaves_on_id_idx" on "r_departure" ("leaves_on", "id");

create index "r_departure_person_idx" on "r_departure" ("person");

create index "r_departure_household_idx" on "r_departure" ("household");

create index "r_departure_path_leaves_on_idx" on "r_departure" ("path", "leaves_on");

create table "r_watch" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "person" uuid,
  "household" uuid,
  "arrival" uuid,
  "kind" text,
  "entry" text,
  "class" text,
  "last_contact" date,
  "entered_on" date,
  "from" date,
  "until" date,
  "readings" integer,
  "fever_from" numeric,
  "copied_from" integer,
  "site" uuid,
  "room" text,
  "worker" text,
  "cadre" text,
  "grid_worker" text,
  "doctor" text,
  "served_on" date,
  "served_file" jsonb,
  "last_check_day" date,
  "last_check_at" timestamptz,
  "last_halves" text,
  "last_temperature" numeric,
  "last_morning" numeric,
  "last_evening" numeric,
  "last_symptoms" jsonb,
  "checks_done" integer,
  "due_morning" date,
  "due_evening" date,
  "counted" boolean,
  "repeats" integer,
  "doubt" boolean,
  "alarm" boolean,
  "alarm_on" date,
  "ever_sick" boolean,
  "cleared_on" date,
  "alerted_on" date,
  "told" text,
  "lost" boolean,
  "absent_since" timestamptz,
  "proposed_on" date,
  "restarts" integer,
  "release_file" jsonb,
  "exit_on" date,
  "exit_to" text,
  "why" text,
  primary key ("id", "county")
);

create index "r_watch_path_id_idx" on "r_watch" ("path", "id");

create index "r_watch_until_id_idx" on "r_watch" ("until", "id");

create index "r_watch_person_idx" on "r_watch" ("person");

create index "r_watch_household_idx" on "r_watch" ("household");

create index "r_watch_arrival_idx" on "r_watch" ("arrival");

create index "r_watch_site_idx" on "r_watch" ("site");

create index "r_watch_path_due_morning_due_evening_idx" on "r_watch" ("path", "due_morning", "due_evening");

create table "r_site" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "name" text,
  "kind" text,
  "address" text,
  "rooms" jsonb,
  "capacity" integer,
  "manager" text,
  "doctors" integer,
  "guards" integer,
  "cleaners" integer,
  "cooks" integer,
  "opened_on" date,
  "closed_on" date,
  "positive_on" date,
  primary key ("id", "county")
);

create index "r_site_path_id_idx" on "r_site" ("path", "id");

create index "r_site_name_id_idx" on "r_site" ("name", "id");

create table "r_transfer" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "person" uuid,
  "household" uuid,
  "watch" uuid,
  "arrival" uuid,
  "reason" text,
  "opened_on" date,
  "highest" numeric,
  "symptoms" jsonb,
  "taken_at" timestamptz,
  "vehicle" text,
  "clinic" text,
  "sent_at" timestamptz,
  "admitted_at" timestamptz,
  "findings" text,
  "settled_on" date,
  primary key ("id", "county")
);

create index "r_transfer_path_id_idx" on "r_transfer" ("path", "id");

create index "r_transfer_opened_on_id_idx" on "r_transfer" ("opened_on", "id");

create index "r_transfer_person_idx" on "r_transfer" ("person");

create index "r_transfer_household_idx" on "r_transfer" ("household");

create index "r_transfer_watch_idx" on "r_transfer" ("watch");

create index "r_transfer_arrival_idx" on "r_transfer" ("arrival");

create table "r_need" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "kind" text,
  "text" text,
  "household" uuid,
  "watch" uuid,
  "worker" text,
  "due_on" date,
  "result" text,
  "done_on" date,
  "on_time" boolean,
  primary key ("id", "county")
);

create index "r_need_path_id_idx" on "r_need" ("path", "id");

create index "r_need_due_on_id_idx" on "r_need" ("due_on", "id");

create index "r_need_household_idx" on "r_need" ("household");

create index "r_need_watch_idx" on "r_need" ("watch");

create index "r_need_path_due_on_idx" on "r_need" ("path", "due_on");

create index "r_need_worker_idx" on "r_need" ("worker");

create table "r_visit" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "household" uuid,
  "watch" uuid,
  "trigger" text,
  "due_on" date,
  "worker" text,
  "groups" jsonb,
  "lacks" jsonb,
  "relief" numeric,
  "note" text,
  "next_on" date,
  "done_on" date,
  "on_time" boolean,
  primary key ("id", "county")
);

create index "r_visit_path_id_idx" on "r_visit" ("path", "id");

create index "r_visit_due_on_id_idx" on "r_visit" ("due_on", "id");

create index "r_visit_household_idx" on "r_visit" ("household");

create index "r_visit_watch_idx" on "r_visit" ("watch");

create index "r_visit_path_due_on_idx" on "r_visit" ("path", "due_on");
