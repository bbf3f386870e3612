// The program's commands; each returns its exit code: 0 done, 1 the calculation failed, 2 unusable
// input.
#pragma once

#include "app/options.hpp"

namespace oq::app {

int serve(const ServeSettings& settings);
int run(const RunSettings& settings);
int worker(const WorkerSettings& settings);
int check(const CheckSettings& settings);
int cluster(const ClusterSettings& settings); // 1 when a node is down, or none answers
int user(const UserSettings& settings);
int list_ground_motion_models();

} // namespace oq::app
