package dev.handfast.xa.jdbc.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.spi.XidKey;
import dev.handfast.xa.testkit.contract.TestXid;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresXidTest {

  @Test
  void keepsEveryByte() {
    Xid xid = TestXid.of("\u0000\u00ff+/\u7fff'_", 7);

    assertThat(PostgresXid.parse(PostgresXid.gid(xid)))
        .hasValueSatisfying(parsed -> assertThat(XidKey.of(parsed)).isEqualTo(XidKey.of(xid)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "by hand", "1_2", "1_2_3", "x_eA==_eA==", "1_eA=_eA==", "01_eA==_eA=="})
  void doesNotTakeTheNamesOfOthersForBranches(String gid) {
    assertThat(PostgresXid.parse(gid)).isEmpty();
  }
}
