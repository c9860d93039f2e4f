package dev.handfast.examples.orders.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.examples.orders.audit.AuditMain;
import dev.handfast.examples.orders.process.JavaCommand;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditorClassPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.handfast.xa.Handfast",
        "dev.handfast.xa.jdbc.JdbcResource",
        "dev.handfast.xa.artemis.ArtemisResource",
        "com.arjuna.ats.jta.TransactionManager"
      })
  void theAuditorCannotLoadWhatItAudits(String name) throws Exception {
    assertThat(Class.forName(name, false, getClass().getClassLoader())).isNotNull();
    try (URLClassLoader loader = auditorsLoader()) {
      assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
    }
  }

  @Test
  void theAuditorCanLoadWhatItNeeds() throws Exception {
    try (URLClassLoader loader = auditorsLoader()) {
      assertThat(loader.loadClass(AuditMain.class.getName())).isNotNull();
      assertThat(loader.loadClass("org.h2.Driver")).isNotNull();
    }
  }

  private static URLClassLoader auditorsLoader() {
    URL[] urls =
        AuditorClassPath.of(JavaCommand.ownClassPath()).stream()
            .map(entry -> url(Path.of(entry)))
            .toArray(URL[]::new);
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(Path entry) {
    try {
      return entry.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
