package dev.handfast.xa.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {

  private static final List<String> NAMES =
      List.of(
          "password",
          "PASSWORD",
          "passwd",
          "pwd",
          "pass",
          "secret",
          "clientSecret",
          "token",
          "accessToken",
          "keyStorePassword",
          "trustStorePassword",
          "sslpassword",
          "api-key",
          "pass%77ord");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jdbc:h2:./data/orders",
        "jdbc:h2:./data/orders;MODE=PostgreSQL;LOCK_TIMEOUT=1000",
        "jdbc:postgresql://localhost/orders",
        "jdbc:postgresql://db1:5432,db2:5432/orders?user=shop&ssl=true",
        "jdbc:postgresql://[::1]:5432/orders?ApplicationName=shop@home",
        "tcp://localhost:61616",
        "tcp://localhost:61616?user=a@b",
        "(tcp://h1:61616,tcp://h2:61617)?ha=true&reconnectAttempts=-1",
        "tcp://shop@localhost:61616",
        "vm://0",
      })
  void leavesUrlsWithoutSecretsAlone(String url) {
    assertThat(Urls.mask(url)).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {
        "tcp://shop:geheim@h:61616 tcp://shop:***@h:61616",
        "tcp://shop:12345@h:61616 tcp://shop:***@h:61616",
        "tcp://:geheim@h:61616 tcp://:***@h:61616",
        "tcp://shop:ge@heim@h:61616 tcp://shop:***@h:61616",
        "tcp://shop:ge/heim@h:61616/q tcp://shop:***@h:61616/q",
        "tcp://shop:ge?heim@h:61616 tcp://shop:***@h:61616",
        "tcp://shop:ge,heim@h:61616 tcp://shop:***@h:61616",
        "tcp://shop:geheim@h:1?user=a@b tcp://shop:***@h:1?user=a@b",
        "(tcp://u:geheim@h1:1,tcp://u:geheim@h2:1) (tcp://u:***@h1:1,tcp://u:***@h2:1)",
        "tcp://u:geheim@[::1]:1 tcp://u:***@[::1]:1",
        "tcp://h:1?password=geheim tcp://h:1?password=***",
        "tcp://h:1?user=u&password=geheim&ssl=true tcp://h:1?user=u&password=***&ssl=true",
        "tcp://h:1?password=ge&heim&ssl=true tcp://h:1?password=***&ssl=true",
        "tcp://h:1?password=geheim;x&ssl=true tcp://h:1?password=***&ssl=true",
        "tcp://h:1?password=&ssl=true tcp://h:1?password=***&ssl=true",
        "(tcp://h:1?password=geheim,tcp://i:1) (tcp://h:1?password=***,tcp://i:1)",
        "jdbc:h2:x;USER=sa;PASSWORD=geheim;MODE=DB2 jdbc:h2:x;USER=sa;PASSWORD=***;MODE=DB2",
        "jdbc:h2:x;PASSWORD=ge;heim;MODE=DB2 jdbc:h2:x;PASSWORD=***;MODE=DB2",
        "jdbc:h2:x;PASSWORD=geheim; jdbc:h2:x;PASSWORD=***;",
        "\"jdbc:h2:x;CIPHER=AES;PASSWORD=geheim geheim\" jdbc:h2:x;CIPHER=AES;PASSWORD=***",
        "\"jdbc:h2:x;INIT=SET A 1\\;ALTER USER B SET PASSWORD 'geheim'\" jdbc:h2:x;INIT=***",
        "jdbc:sqlserver://h:1433;password={ge;a=heim};encrypt=true"
            + " jdbc:sqlserver://h:1433;password=***;encrypt=true",
        "jdbc:mysql://(host=h,password=geheim,user=u)/db jdbc:mysql://(host=h,password=***,user=u)/db",
        "jdbc:oracle:thin:u/geheim@//h:1521/s jdbc:oracle:thin:u/***@//h:1521/s",
        "password=geheim password=***",
        "tcp://u:12/geheim@h:1 tcp://u:***@h:1",
        "\"no answer from tcp://h:61616 in Call@3f\" \"no answer from tcp://h:61616 in Call@3f\"",
        "\"bad: user=u password=geheim geheim ssl=on\" \"bad: user=u password=*** ssl=on\"",
      })
  void hidesSecretsAndNothingElse(String url, String masked) {
    assertThat(Urls.mask(url)).isEqualTo(masked).doesNotContain("geheim");
    assertThat(Urls.mask(masked)).isEqualTo(masked);
  }

  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noSecretSurvivesInAnyForm(long seed) {
    var random = new Random(seed);
    String name = NAMES.get(random.nextInt(NAMES.size()));
    String secret = secret(random);
    List<String> urls =
        List.of(
            "tcp://user:" + secret + "@host:61616",
            "tcp://user:" + secret + "@host:61616?a=b&" + name + "=" + secret + "&c=d",
            "(tcp://user:" + secret + "@host:1,tcp://host:2)?" + name + "=" + secret,
            "jdbc:postgresql://host:5432,other/db?" + name + "=" + secret + "&ssl=true",
            "jdbc:h2:file:./host;" + name + "=" + secret + ";MODE=DB2",
            "jdbc:sqlserver://host;x=1;" + name + "={" + secret + "}",
            "jdbc:mysql://(host=host,port=1," + name + "=" + secret + ")/db");

    for (String url : urls) {
      String masked = Urls.mask(url);
      assertThat(masked).as(url).contains("host", "***").doesNotContain(secret);
      assertThat(Urls.mask(masked)).isEqualTo(masked);
    }
  }

  /** Every character that a careless user may leave unencoded and that ends no parameter. */
  private static String secret(Random random) {
    String alphabet = "abcXYZ019!$'*+-.:<>[]^_`|~%äß€/@";
    var secret = new StringBuilder("S").append(random.nextInt(10));
    for (int i = 2 + random.nextInt(10); i > 0; i--) {
      secret.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return secret.toString();
  }
}
