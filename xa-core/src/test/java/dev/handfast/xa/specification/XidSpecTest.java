package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/** Section 3.5, Xid. */
@Section("3.5")
final class XidSpecTest extends Specification {

  private static final int NULL_XID = -1;

  private static Xid only(RecordingResource resource) {
    assertThat(resource.xids()).hasSize(1);
    return resource.xids().iterator().next().xid();
  }

  @Test
  @Sentence(
      says = "An Xid is the mapping of X/Open's XID: a branch has one, all its calls name it.")
  void allCallsOfABranchNameOneXid() throws Exception {
    manager.begin();
    RecordingResource first = orders();
    events();
    manager.commit();

    assertThat(seen).contains("orders prepare", "orders commit");
    assertThat(first.xids()).hasSize(1);
  }

  @Test
  @Sentence(of = "getFormatId", says = "It tells the format, which is not that of the null XID.")
  void allBranchesHaveOneFormat() throws Exception {
    manager.begin();
    Xid first = only(orders());
    Xid second = only(events());
    manager.rollback();

    assertThat(first.getFormatId()).isEqualTo(second.getFormatId()).isNotEqualTo(NULL_XID);
  }

  @Test
  @Sentence(
      of = "getGlobalTransactionId",
      says = "It tells the global transaction, the same for all its branches.")
  void allBranchesOfATransactionHaveOneGtrid() throws Exception {
    manager.begin();
    Xid first = only(orders());
    Xid second = only(events());
    manager.rollback();

    assertThat(first.getGlobalTransactionId()).isEqualTo(second.getGlobalTransactionId());
  }

  @Test
  @Sentence(
      of = "getGlobalTransactionId",
      says = "It tells the global transaction, the same for all its branches.")
  void noTwoTransactionsHaveOneGtrid() throws Exception {
    Set<String> gtrids = new HashSet<>();
    int transactions = 500;
    for (int i = 0; i < transactions; i++) {
      gtrids.add(gtrid());
    }
    restart(Duration.ofMinutes(1));
    gtrids.add(gtrid());

    assertThat(gtrids).hasSize(transactions + 1);
  }

  private String gtrid() throws Exception {
    manager.begin();
    String gtrid = db.transaction().gtrid();
    manager.commit();
    return gtrid;
  }

  @Test
  @Sentence(
      of = "getGlobalTransactionId",
      says = "It has 64 bytes at most (Xid.MAXGTRIDSIZE), and one at least.")
  void aGtridIsOfTheAllowedSize() throws Exception {
    manager.begin();
    byte[] gtrid = only(orders()).getGlobalTransactionId();
    manager.rollback();

    assertThat(gtrid.length).isBetween(1, Xid.MAXGTRIDSIZE);
  }

  @Test
  @Sentence(of = "getBranchQualifier", says = "It tells the branch, another one for each branch.")
  void eachBranchHasItsQualifier() throws Exception {
    manager.begin();
    Xid first = only(orders());
    Xid second = only(events());
    Xid third = only(orders());
    manager.rollback();

    assertThat(
            Set.of(XidKey.of(first).bqual(), XidKey.of(second).bqual(), XidKey.of(third).bqual()))
        .hasSize(3);
  }

  @Test
  @Sentence(
      of = "getBranchQualifier",
      says = "It has 64 bytes at most (Xid.MAXBQUALSIZE), and one at least.")
  void aQualifierIsOfTheAllowedSize() throws Exception {
    manager.begin();
    byte[] bqual = only(orders()).getBranchQualifier();
    manager.rollback();

    assertThat(bqual.length).isBetween(1, Xid.MAXBQUALSIZE);
  }
}
