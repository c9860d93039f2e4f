package dev.handfast.xa.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScrubberTest {

  private static final String URL =
      "jdbc:h2:x;PASSWORD=geheim;INIT=ALTER USER U SET PASSWORD 'top gun'\\;SET A 1";

  private final Scrubber scrubber = Scrubber.of(URL, Secret.of("p@ss w"), null, Secret.of("x"));

  private static String printed(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "no user for geheim|no user for ***",
        "geheim/geheim.geheim|***/***.***",
        "geheimnis, ungeheim|geheimnis, ungeheim",
        "in ALTER USER U SET PASSWORD [*]'top gun'|in ALTER USER U SET PASSWORD [*]'***'",
        "said p@ss w at ?q=p%40ss+w&r=p%40ss%20w|said *** at ?q=***&r=***",
        "x marks the spot|x marks the spot",
        "tcp://h:1?pasword=other|tcp://h:1?pasword=***",
        "no answer from jdbc:h2:x;PASSWORD=geheim (30 s), try again|no answer from jdbc:h2:x;PASSWORD=*** (30 s), try again",
        "no answer from h?password=***) as user=u&password=other|no answer from h?password=***) as user=u&password=***",
      })
  void hidesWhatTheDefinitionHoldsAndWhatLooksLikeASecret(String text, String told) {
    assertThat(scrubber.text(text)).isEqualTo(told);
    assertThat(scrubber.text(told)).isEqualTo(told);
  }

  @Test
  void hidesTheSecretThatWasLastRead() {
    Secret file = Secret.from(() -> "rotated");
    Scrubber reading = Scrubber.of(null, file);
    assertThat(reading.text("rotated")).as("never used").isEqualTo("rotated");

    assertThat(file.reveal()).isEqualTo("rotated");

    assertThat(reading.text("no, rotated")).isEqualTo("no, ***");
  }

  @Test
  void leavesAFailureAloneThatTellsNoSecret() {
    var failure = new IllegalStateException("no", new IOException("answer"));
    failure.addSuppressed(failure.getCause());

    assertThat(scrubber.failure(failure)).isSameAs(failure);
  }

  @Test
  void standsInForTheWholeChainOfAFailureThatTellsOne() {
    var cause = new IOException("geheim", new IllegalArgumentException("deep"));
    cause.addSuppressed(new IllegalStateException("geheim too"));
    var failure = new IllegalStateException("no", cause);

    Throwable told = scrubber.failure(failure);

    assertThat(printed(told)).isEqualTo(printed(failure).replace("geheim", "***"));
    assertThat(told.getStackTrace()).isEqualTo(failure.getStackTrace());
    assertThat(scrubber.failure(told)).isSameAs(told);
  }

  @Test
  void survivesFailuresThatAreTheirOwnCause() {
    var one = new IllegalStateException("geheim");
    var other = new IllegalStateException("other", one);
    one.initCause(other);
    one.addSuppressed(other);

    assertThat(printed(scrubber.failure(one))).doesNotContain("geheim").contains("other");
  }

  @Test
  void survivesAFailureThatDoesNotTellItsText() {
    var failure =
        new IllegalStateException() {
          @Override
          public String getMessage() {
            throw new IllegalArgumentException("geheim");
          }
        };

    assertThat(scrubber.failure(new IOException("geheim", failure)).getCause().toString())
        .isEqualTo(failure.getClass().getName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trustStorePasword",
        "trustStorePassord",
        "PASSWORT",
        "passwrod",
        "pssword",
        "passwordd",
        "keyStorePassphrse",
        "clientSecrt",
        "pass",
        "PGPASSWD"
      })
  void knowsMisspeltNames(String name) {
    assertThat(Urls.mask("tcp://h:1?" + name + "=geheim")).doesNotContain("geheim");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user",
        "secure",
        "keyword",
        "forward",
        "dashboard",
        "passive",
        "compass",
        "word",
        "direct",
        "sslmode",
        "ApplicationName",
        "MODE"
      })
  void showsWhatOnlyResemblesASecret(String name) {
    assertThat(Urls.mask("tcp://h:1?" + name + "=shown")).endsWith("=shown");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "jdbc:postgresql://h/d?options=-c%20my.password=geheim|jdbc:postgresql://h/d?options=***",
        "jdbc:postgresql://h/d?options=-c my.secret=geheim&ssl=on|jdbc:postgresql://h/d?options=***&ssl=on",
        "jdbc:postgresql://h/d?options=-c statement_timeout=90s|jdbc:postgresql://h/d?options=-c statement_timeout=90s",
        "jdbc:h2:x;INIT=ALTER USER U SET PASSWORT 'geheim'|jdbc:h2:x;INIT=***",
        "jdbc:h2:x;INIT=SET SCHEMA a|jdbc:h2:x;INIT=SET SCHEMA a",
      })
  void hidesAValueThatHoldsASecretOfItsOwn(String url, String masked) {
    assertThat(Urls.mask(url)).isEqualTo(masked);
  }
}
