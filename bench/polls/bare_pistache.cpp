// What polls are measured against: Pistache's own endpoint answering every request with one
// constant body.
#include <pistache/endpoint.h>
#include <pistache/http.h>
#include <pistache/net.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

// As long as the answer of GET /v1/calc/:id/status that this is compared with.
constexpr std::string_view kBody =
  R"({"id": 3, "owner": "anonymous", "calculation_mode": "classical", "status": "complete", )"
  R"("is_running": false, "description": "A constant of three hundred and eight bytes", )"
  R"("url": "http://127.0.0.1:8800/v1/calc/3", "parent_id": null, "abortable": false, "size_mb": 0.1, )"
  R"("start_time": "2026-11-22, 23:53:25 UTC"})";
static_assert(kBody.size() == 308);
constexpr int kThreads = 2; // as the service by default

class ConstantHandler : public Pistache::Http::Handler {
public:
  HTTP_PROTOTYPE(ConstantHandler)

  void onRequest(const Pistache::Http::Request&, Pistache::Http::ResponseWriter writer) override {
    writer.send(Pistache::Http::Code::Ok, std::string(kBody), MIME(Application, Json));
  }
};

} // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: bare_pistache PORT\n");
    return 2;
  }
  const auto port = static_cast<std::uint16_t>(std::strtoul(argv[1], nullptr, 10));
  const Pistache::Address address(Pistache::Ipv4::loopback(), Pistache::Port(port));
  Pistache::Http::Endpoint endpoint(address);
  endpoint.init(Pistache::Http::Endpoint::options()
                  .threads(kThreads)
                  .flags(Pistache::Tcp::Options::ReuseAddr)
                  .keepaliveTimeout(std::chrono::seconds(600)));
  endpoint.setHandler(Pistache::Http::make_handler<ConstantHandler>());
  endpoint.serve();
}
