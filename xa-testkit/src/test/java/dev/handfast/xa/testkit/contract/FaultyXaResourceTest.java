package dev.handfast.xa.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.testkit.RealParts;
import dev.handfast.xa.testkit.contract.FaultyXaResource.Fault;
import dev.handfast.xa.testkit.contract.FaultyXaResource.XaMethod;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.xa.PGXADataSource;

@ExtendWith(RealParts.class)
class FaultyXaResourceTest {

  private final Xid xid = TestXid.usual();

  private FaultyXaResource prepared(PostgresDatabase db) throws Exception {
    db.execute("CREATE TABLE item (id INT)");
    var source = new PGXADataSource();
    source.setUrl(db.url());
    XAConnection client = source.getXAConnection(db.user(), db.password());
    var faulty = new FaultyXaResource(client.getXAResource());
    faulty.start(xid, XAResource.TMNOFLAGS);
    try (var statement = client.getConnection().createStatement()) {
      statement.execute("INSERT INTO item VALUES (1)");
    }
    faulty.end(xid, XAResource.TMSUCCESS);
    assertThat(faulty.prepare(xid)).isEqualTo(XAResource.XA_OK);
    return faulty;
  }

  @Test
  void faultsAreUsedUpOneForEachCall(PostgresDatabase db) throws Exception {
    FaultyXaResource faulty = prepared(db);
    faulty
        .next(XaMethod.COMMIT, Fault.answer(XAException.XAER_RMERR))
        .next(XaMethod.COMMIT, Fault.answer(XAException.XA_RETRY));

    assertThat(commit(faulty).errorCode).isEqualTo(XAException.XAER_RMERR);
    assertThat(commit(faulty).errorCode).isEqualTo(XAException.XA_RETRY);
    assertThat(db.column("SELECT id FROM item")).isEmpty();
    faulty.commit(xid, false);

    assertThat(db.column("SELECT id FROM item")).containsExactly("1");
    assertThat(faulty.calls(XaMethod.COMMIT)).isEqualTo(3);
    assertThat(faulty.recover(XAResource.TMSTARTRSCAN)).isEmpty();
  }

  @Test
  void aLostAnswerWasGiven(PostgresDatabase db) throws Exception {
    FaultyXaResource faulty = prepared(db).next(XaMethod.COMMIT, Fault.loseTheAnswer());

    assertThat(commit(faulty).errorCode).isEqualTo(XAException.XAER_RMFAIL);

    assertThat(db.column("SELECT id FROM item")).containsExactly("1");
  }

  @Test
  void aHangLastsUntilItIsReleased(PostgresDatabase db) throws Exception {
    Fault hang = Fault.hang();
    FaultyXaResource faulty = prepared(db).next(XaMethod.COMMIT, hang);
    var call = CompletableFuture.runAsync(() -> assertThat(commit(faulty)).isNotNull());
    org.awaitility.Awaitility.await().until(() -> faulty.calls(XaMethod.COMMIT) == 1);
    assertThat(call).isNotDone();

    hang.release();

    call.join();
    faulty.rollback(xid);
  }

  private XAException commit(XAResource resource) {
    try {
      return catchThrowableOfType(XAException.class, () -> resource.commit(xid, false));
    } catch (CompletionException e) {
      throw new AssertionError(e);
    }
  }
}
