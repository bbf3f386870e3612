// A curl multi handle, fed by a queue.
#include "app/notice_sender.hpp"

#include "app/public_address.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <curl/curl.h>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace oq::app {
namespace {

constexpr long kMostConnections = 32;
constexpr std::size_t kMostOfAnswer = 64 * 1024; // of a body that nobody reads
constexpr int kLookEveryMs = 1000;

// One notice on its way. Stays where it is: curl has pointers to it.
class Transfer {
public:
  Transfer(const actors::Notice& notice, actors::NoticeDone done, const NoticeSettings& settings)
    : notice_(notice), done_(std::move(done)), settings_(settings), easy_(curl_easy_init()) {}
  ~Transfer() {
    curl_easy_cleanup(easy_);
    curl_slist_free_all(headers_);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  CURL* easy() const noexcept { return easy_; }

  void prepare() {
    add_headers();
    set(CURLOPT_URL, notice_.url.c_str());
    set(CURLOPT_POSTFIELDS, notice_.body.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(notice_.body.size()));
    set(CURLOPT_HTTPHEADER, headers_);
    set(CURLOPT_USERAGENT, settings_.agent.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, ""); // nor that of the environment
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_FRESH_CONNECT, 1L); // each is judged anew
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings_.connect_time.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(settings_.total_time.count()));
    set(CURLOPT_WRITEFUNCTION, &Transfer::take);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::open_socket);
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_PRIVATE, this);
  }

  void finish(CURLcode code) {
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    using actors::NoticeOutcome;
    if (status >= 200 && status < 300)
      return done_(NoticeOutcome::delivered, {});
    if (status == 0 && forbidden_)
      return done_(NoticeOutcome::refused, "its address is not a public one");
    if (status == 0)
      return done_(is_hopeless(code) ? NoticeOutcome::refused : NoticeOutcome::failed,
                   curl_easy_strerror(code));
    const bool later = status == 408 || status == 425 || status == 429;
    done_(status >= 400 && status < 500 && !later ? NoticeOutcome::refused : NoticeOutcome::failed,
          "it answered " + std::to_string(status));
  }

private:
  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(easy_, option, value);
  }
  static bool is_hopeless(CURLcode code) {
    return code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL;
  }
  void add_header(const std::string& line) { headers_ = curl_slist_append(headers_, line.c_str()); }
  void add_headers() {
    add_header("Content-Type: " + notice_.content_type);
    add_header("X-OQ-Event: " + notice_.event);
    add_header("X-OQ-Calculation: " + std::to_string(notice_.calculation_id));
    add_header("Expect:"); // the body is small: no need to ask before it
    if (settings_.secret.empty())
      return;
    const auto now = std::to_string(std::time(nullptr));
    add_header("X-OQ-Timestamp: " + now);
    add_header("X-OQ-Signature: " + notice_signature(settings_.secret, now, notice_.body));
  }

  static std::size_t take(char*, std::size_t size, std::size_t count, void* transfer) {
    auto& taken = static_cast<Transfer*>(transfer)->taken_;
    taken += size * count;
    return taken > kMostOfAnswer ? 0 : size * count; // 0 ends it: its status is known
  }

  static curl_socket_t open_socket(void* transfer, curlsocktype, curl_sockaddr* address) {
    auto& self = *static_cast<Transfer*>(transfer);
    if (!self.settings_.private_addresses && !is_public(address->addr)) {
      self.forbidden_ = true;
      return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  const actors::Notice notice_;
  const actors::NoticeDone done_;
  const NoticeSettings& settings_;
  CURL* easy_;
  curl_slist* headers_ = nullptr;
  std::size_t taken_ = 0;
  bool forbidden_ = false;
};

class CurlSender final : public actors::NoticeSender {
public:
  explicit CurlSender(NoticeSettings settings)
    : settings_(std::move(settings)), multi_(curl_multi_init()), thread_([this] {
        run();
      }) {}
  ~CurlSender() override {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    curl_multi_wakeup(multi_);
    thread_.join();
    for (const auto& [easy, transfer] : transfers_)
      curl_multi_remove_handle(multi_, easy);
    transfers_.clear();
    curl_multi_cleanup(multi_);
  }

  void send(const actors::Notice& notice, actors::NoticeDone done) override {
    auto transfer = std::make_unique<Transfer>(notice, std::move(done), settings_);
    {
      const std::lock_guard lock(mutex_);
      queued_.push_back(std::move(transfer));
    }
    curl_multi_wakeup(multi_);
  }

private:
  void run() {
    curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, kMostConnections);
    while (take_queued()) {
      int running = 0;
      curl_multi_perform(multi_, &running);
      finish_done();
      curl_multi_poll(multi_, nullptr, 0, kLookEveryMs, nullptr);
    }
  }

  // False at the end.
  bool take_queued() {
    std::vector<std::unique_ptr<Transfer>> queued;
    {
      const std::lock_guard lock(mutex_);
      if (ended_)
        return false;
      queued.swap(queued_);
    }
    for (auto& transfer : queued) {
      transfer->prepare();
      CURL* easy = transfer->easy();
      curl_multi_add_handle(multi_, easy);
      transfers_[easy] = std::move(transfer);
    }
    return true;
  }

  void finish_done() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE)
        continue;
      const auto code = message->data.result;
      CURL* easy = message->easy_handle;
      curl_multi_remove_handle(multi_, easy);
      if (auto transfer = transfers_.extract(easy))
        transfer.mapped()->finish(code);
    }
  }

  const NoticeSettings settings_;
  CURLM* multi_;
  std::map<CURL*, std::unique_ptr<Transfer>> transfers_; // of the thread
  std::mutex mutex_;
  std::vector<std::unique_ptr<Transfer>> queued_;
  bool ended_ = false;
  std::thread thread_;
};

} // namespace

std::string notice_signature(std::string_view secret, std::string_view timestamp,
                             std::string_view body) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto text = std::string(timestamp) + "." + std::string(body);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  std::string out = "sha256=";
  for (unsigned int i = 0; i < size; ++i)
    out.append({kDigits[digest[i] >> 4], kDigits[digest[i] & 15]});
  return out;
}

actors::NoticeSenderPtr make_notice_sender(NoticeSettings settings) {
  static const bool begun = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!begun)
    return nullptr;
  return std::make_shared<CurlSender>(std::move(settings));
}

} // namespace oq::app
