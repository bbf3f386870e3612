// Two actor systems on one machine: plain, inside TLS, and with nobody there.
#include "actors/network.hpp"

#include "actors/caf_error.hpp"
#include "support/temporary_folder.hpp"

#include <caf/all.hpp>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace oq::actors {
namespace {

using namespace std::chrono_literals;

caf::behavior echo(caf::event_based_actor*) {
  return {[](const std::string& text) {
    return text;
  }};
}

Gate::behavior_type open_gate(Gate::pointer self) {
  return {[self](enter_atom, const std::string& role,
                 const std::string& version) -> caf::result<caf::actor> {
    if (version != "1")
      return to_caf(Error{Errc::conflict, "version " + version + " met version 1", role});
    return self->spawn<caf::linked>(echo);
  }};
}

// One process of a cluster.
struct Host {
  explicit Host(NetworkSettings given = {}) : settings(std::move(given)) {
    load_network(config, settings);
    system.emplace(config);
  }
  Result<std::string> say(const Gate& gate, const std::string& version = "1") {
    caf::scoped_actor self{*system};
    Result<std::string> heard = Error{Errc::internal, "nothing heard", {}};
    const auto fail = [&](const caf::error& error) {
      heard = from_caf(error);
    };
    self->request(gate, 2s, enter_atom::value, std::string("node"), version)
      .receive(
        [&](const caf::actor& door) {
          self->request(door, 2s, std::string("hello"))
            .receive(
              [&](const std::string& text) {
                heard = text;
              },
              fail);
        },
        fail);
    return heard;
  }
  NetworkSettings settings;
  caf::actor_system_config config;
  std::optional<caf::actor_system> system;
};

// Stops the gate before its system waits for all actors to end.
struct OpenHost : Host {
  explicit OpenHost(const NetworkSettings& given = {}) : Host(given) {
    gate = system->spawn(open_gate);
    port = publish(gate, {"127.0.0.1", 0}, settings);
  }
  ~OpenHost() { caf::anon_send_exit(gate, caf::exit_reason::user_shutdown); }
  Gate gate;
  Result<std::uint16_t> port = Error{};
};

NetworkSettings certificates(const std::filesystem::path& folder) {
  const auto shell = [&](const std::string& command) {
    ASSERT_EQ(std::system(("cd " + folder.string() + " && " + command + " 2>/dev/null").c_str()),
              0);
  };
  shell("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out "
        "ca.pem");
  shell("openssl req -newkey rsa:2048 -nodes -subj /CN=node -keyout node.key -out node.csr");
  shell("openssl x509 -req -in node.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out "
        "node.pem");
  return {TlsFiles{folder / "node.pem", folder / "node.key", folder / "ca.pem"}};
}

TEST(Network, LetsTwoSystemsSpeak) {
  OpenHost there;
  Host here;
  ASSERT_TRUE(there.port);

  const auto gate = find_gate(*here.system, {"127.0.0.1", *there.port}, here.settings);

  ASSERT_TRUE(gate) << gate.error().text();
  EXPECT_EQ(*here.say(*gate), "hello");
}

TEST(Network, CarriesOurErrorsWithCodeTextAndPlace) {
  OpenHost there;
  Host here;

  const auto gate = find_gate(*here.system, {"127.0.0.1", *there.port}, here.settings);

  EXPECT_EQ(here.say(*gate, "2").error(),
            (Error{Errc::conflict, "version 2 met version 1", "node"}));
}

TEST(Network, SpeaksInsideTlsWithMutualCertificates) {
  oq::testing::TemporaryFolder folder;
  const auto settings = certificates(folder.path());
  OpenHost there(settings);
  Host here(settings);
  ASSERT_TRUE(there.port);

  const auto gate = find_gate(*here.system, {"127.0.0.1", *there.port}, settings);

  ASSERT_TRUE(gate) << gate.error().text();
  EXPECT_EQ(*here.say(*gate), "hello");
}

TEST(Network, RefusesWhoShowsNoCertificate) {
  oq::testing::TemporaryFolder folder;
  OpenHost there(certificates(folder.path()));
  Host here;

  EXPECT_FALSE(find_gate(*here.system, {"127.0.0.1", *there.port}, here.settings));
}

TEST(Network, SaysSoWhenNobodyListens) {
  Host here;

  const auto gate = find_gate(*here.system, {"127.0.0.1", 1}, here.settings);

  EXPECT_EQ(gate.error(), (Error{Errc::unavailable, "nobody listens there", "127.0.0.1:1"}));
}

TEST(Network, DoesNotListenForOtherMachinesWithoutTls) {
  EXPECT_EQ(check_network({}, NetworkAddress{"0.0.0.0", 9000}).error().where, "--cluster-listen");
  EXPECT_TRUE(check_network({}, NetworkAddress{"127.0.0.1", 9000}));
  EXPECT_TRUE(check_network({}, NetworkAddress{"::1", 9000}));
  EXPECT_TRUE(check_network({}, std::nullopt));
}

TEST(Network, NamesTheTlsFileThatIsMissing) {
  const NetworkSettings settings{TlsFiles{"/nowhere/cert.pem", "/nowhere/key.pem", ""}};

  EXPECT_EQ(check_network(settings, std::nullopt).error().where, "--tls-cert");
}

TEST(NetworkAddress, IsReadFromHostAndPort) {
  EXPECT_EQ(parse_address("[::1]:80", "--peers")->host, "::1");
  EXPECT_EQ(parse_address("[::1]:80", "--peers")->text(), "[::1]:80");
  EXPECT_EQ(parse_addresses("a:1,b:2", "--peers")->size(), 2u);
  EXPECT_TRUE(parse_addresses("", "--peers")->empty());
  for (const char* wrong : {"a", ":1", "a:", "a:x", "a:70000"})
    EXPECT_EQ(parse_addresses(wrong, "--peers").error().where, "--peers") << wrong;
}

} // namespace
} // namespace oq::actors
