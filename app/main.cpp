// oq-engine-server: reads the command line and hands over to one command.
#include "app/commands.hpp"
#include "app/version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <csignal>
#include <exception>

namespace {

int dispatch(const oq::app::Settings& settings) {
  switch (settings.command) {
  case oq::app::Command::serve:
    return oq::app::serve(settings.serve);
  case oq::app::Command::run:
    return oq::app::run(settings.run);
  case oq::app::Command::worker:
    return oq::app::worker(settings.worker);
  case oq::app::Command::check:
    return oq::app::check(settings.check);
  case oq::app::Command::cluster:
    return oq::app::cluster(settings.cluster);
  case oq::app::Command::user:
    return oq::app::user(settings.user);
  case oq::app::Command::gsims:
    return oq::app::list_ground_motion_models();
  case oq::app::Command::version:
    fmt::print("{}\n", oq::app::kProduct);
    return 0;
  case oq::app::Command::none:
    break;
  }
  return 2;
}

} // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN); // a client that goes away is an error code, not a signal
  CLI::App parser{"Seismic hazard and risk calculations: a REST service and a command line."};
  parser.name("oq-engine-server");
  oq::app::Settings settings;
  oq::app::declare(parser, settings);
  CLI11_PARSE(parser, argc, argv);
  try {
    return dispatch(settings);
  } catch (const std::exception& error) { // what a library throws past its adapter
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
