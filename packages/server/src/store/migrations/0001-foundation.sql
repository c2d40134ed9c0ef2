create table "events" (
  "county" text collate "C" not null,
  "seq" bigint not null,
  "id" uuid not null,
  "record" text collate "C" not null,
  "record_id" uuid not null,
  "action" text collate "C" not null,
  "area" text collate "C" not null,
  "happened_at" timestamptz not null,
  "recorded_at" timestamptz not null,
  "day" date not null,
  "actor" text not null,
  "unit" text,
  "authority" text,
  "corrects" uuid,
  "cause" uuid,
  "input" jsonb not null,
  "hash" text not null,
  primary key ("id", "county")
);

create unique index "events_county_seq_key" on "events" ("county", "seq");

create index "events_record_record_id_happened_at_id_idx" on "events" ("record", "record_id", "happened_at", "id");

create index "events_county_record_day_idx" on "events" ("county", "record", "day");

create index "events_recorded_at_idx" on "events" ("recorded_at");

create table "chains" (
  "county" text collate "C" not null,
  "seq" bigint not null,
  "hash" text not null,
  primary key ("county")
);

create table "tallies" (
  "county" text collate "C" not null,
  "measure" text collate "C" not null,
  "area" text collate "C" not null,
  "day" date not null,
  "entered" bigint not null,
  "left" bigint not null,
  "moved_in" bigint not null,
  "moved_out" bigint not null,
  primary key ("county", "area", "measure", "day")
);

create index "tallies_measure_day_idx" on "tallies" ("measure", "day");

create table "area_facts" (
  "seq" bigint not null,
  "day" date not null,
  "fact" jsonb not null,
  "recorded_at" timestamptz not null,
  "actor" text not null,
  "hash" text not null,
  primary key ("seq")
);

create table "settings" (
  "code" text not null,
  "seq" bigint not null,
  "setting" jsonb not null,
  "recorded_at" timestamptz not null,
  "actor" text not null,
  primary key ("code", "seq")
);

create table "grants" (
  "id" uuid not null,
  "account" text not null,
  "role" text not null,
  "area" text collate "C" not null,
  "unit" text,
  "from_day" date not null,
  "to_day" date,
  "granted_by" text not null,
  "recorded_at" timestamptz not null,
  primary key ("id")
);

create index "grants_account_idx" on "grants" ("account");

create table "looks" (
  "id" uuid not null,
  "at" timestamptz not null,
  "actor" text not null,
  "what" text not null,
  "record" text,
  "record_id" uuid,
  "purpose" text,
  "rows" integer,
  primary key ("id")
);

create index "looks_at_idx" on "looks" ("at");

create index "looks_record_id_idx" on "looks" ("record_id");

create table "attachments" (
  "hash" text not null,
  "type" text not null,
  "size" bigint not null,
  "actor" text not null,
  "recorded_at" timestamptz not null,
  primary key ("hash")
);

create table "facts" (
  "name" text not null,
  "value" jsonb not null,
  primary key ("name")
);

create table "r_meeting" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "title" text,
  "body" text,
  "session" integer,
  "held_on" date,
  "chair" text,
  "text" text,
  "source" jsonb,
  "approved_on" date,
  primary key ("id", "county")
);

create index "r_meeting_path_id_idx" on "r_meeting" ("path", "id");

create index "r_meeting_held_on_id_idx" on "r_meeting" ("held_on", "id");

create table "r_directive" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "meeting" uuid,
  "order" integer,
  "quote" text,
  "start" integer,
  "end" integer,
  "action" text,
  "domain" text,
  "conditions" jsonb,
  "urgency" text,
  "deadline" text,
  "addressee" text,
  "soft" boolean,
  "prohibition" boolean,
  "unsure" boolean,
  "why" jsonb,
  "lead" text,
  "assisting" jsonb,
  "due" date,
  "indicators" jsonb,
  primary key ("id", "county")
);

create index "r_directive_path_id_idx" on "r_directive" ("path", "id");

create index "r_directive_order_id_idx" on "r_directive" ("order", "id");

create index "r_directive_meeting_idx" on "r_directive" ("meeting");

create table "r_item" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "number" text,
  "filed_on" date,
  "source" text,
  "source_title" text,
  "meeting" uuid,
  "directive" uuid,
  "quote" text,
  "content" text,
  "domain" text,
  "conditions" jsonb,
  "target" text,
  "leader" text,
  "lead" text,
  "assisting" jsonb,
  "due" date,
  "frequency" text,
  "indicators" jsonb,
  "assigned_on" date,
  "result" text,
  "closed_on" date,
  "closed_by" text,
  "responsible" text,
  "light" text,
  "signed_at" timestamptz,
  "progress" text,
  "percent" integer,
  "problems" text,
  "chases" integer,
  "extension_to" date,
  "review" text,
  "comment" text,
  primary key ("id", "county")
);

create unique index "r_item_county_number_key" on "r_item" ("county", "number");

create index "r_item_path_id_idx" on "r_item" ("path", "id");

create index "r_item_due_id_idx" on "r_item" ("due", "id");

create index "r_item_lead_idx" on "r_item" ("lead");

create index "r_item_assisting_idx" on "r_item" using gin ("assisting");

create index "r_item_meeting_idx" on "r_item" ("meeting");

create index "r_item_directive_idx" on "r_item" ("directive");

create table "r_task" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "item" uuid,
  "number" text,
  "content" text,
  "unit" text,
  "role" text,
  "due" date,
  "original_due" date,
  "issued_on" date,
  "signed_at" timestamptz,
  "progress" text,
  "percent" integer,
  "problems" text,
  "reported_at" timestamptz,
  "reported_on" date,
  "evidence" jsonb,
  "chases" integer,
  "chased_at" timestamptz,
  "extension_to" date,
  "extension_reason" text,
  "returns" integer,
  "return_reason" text,
  "review" text,
  "accepted_on" date,
  "on_time" boolean,
  "signed_in_time" boolean,
  "reported_in_time" boolean,
  "light" text,
  primary key ("id", "county")
);

create index "r_task_path_id_idx" on "r_task" ("path", "id");

create index "r_task_due_id_idx" on "r_task" ("due", "id");

create index "r_task_unit_idx" on "r_task" ("unit");

create index "r_task_item_idx" on "r_task" ("item");

create table "r_bulletin" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "title" text,
  "from" date,
  "to" date,
  "text" text,
  "figures" text,
  "published_on" date,
  primary key ("id", "county")
);

create index "r_bulletin_path_id_idx" on "r_bulletin" ("path", "id");

create index "r_bulletin_to_id_idx" on "r_bulletin" ("to", "id");

create table "r_report" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "title" text,
  "meeting" uuid,
  "cut_off" timestamptz,
  "content" text,
  "hash" text,
  "final_on" date,
  primary key ("id", "county")
);

create index "r_report_path_id_idx" on "r_report" ("path", "id");

create index "r_report_cut_off_id_idx" on "r_report" ("cut_off", "id");

create index "r_report_meeting_idx" on "r_report" ("meeting");
