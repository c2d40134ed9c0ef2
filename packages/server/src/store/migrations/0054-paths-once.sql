drop index "r_arrival_path_arrived_on_idx";

drop index "r_departure_path_leaves_on_idx";

drop index "r_need_path_due_on_idx";

drop index "r_visit_path_due_on_idx";

drop index "r_list_check_path_due_on_idx";
