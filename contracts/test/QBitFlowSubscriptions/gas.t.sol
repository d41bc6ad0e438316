// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ChargeGroup, Mandate, SingleCharge, TokenPermit2612} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {MandateSigning} from "../support/MandateSigning.sol";
import {Permits} from "../support/Permits.sol";
import {Signature, Signing} from "../support/Signing.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice For the snapshot in contracts/snapshots: each work once, prepared before. Figures of whole transactions are
/// in `node bench/gas.ts`.
contract SubscriptionsGasTest is SubscriptionsTest {
    uint256 private constant BATCH = 20;

    Mandate private terms;
    bytes private signature;
    Signature private permit;
    bytes private groupCall;
    bytes private singlesCall;

    function setUp() public override {
        super.setUp();
        address[3] memory recipients = [merchant, feeRecipient, organization];
        for (uint256 i = 0; i < 3; i++) {
            usdc.mint(recipients[i], 1);
        }
        terms = activated();
        approve(type(uint256).max);
        Mandate memory fresh = mandate();
        fresh.nonce = 2;
        signature = signed(fresh, SUBSCRIBER_KEY);
        permit = Signing.permit(usdc, SUBSCRIBER_KEY, address(subscriptions), MAXIMUM, NOW);
        prepareBatches();
    }

    function prepareBatches() private {
        Mandate[] memory all = new Mandate[](BATCH);
        SingleCharge[] memory singles = new SingleCharge[](BATCH);
        for (uint256 i = 0; i < BATCH; i++) {
            all[i] = activatedBy(0x5000 + i, mandate(), usdc);
            singles[i] = SingleCharge(all[i], chargeOf(0, PRICE));
        }
        ChargeGroup[] memory groups = new ChargeGroup[](1);
        groups[0] = groupOf(all);
        groupCall = abi.encodeCall(subscriptions.chargeBatch, (groups, noSingles(), GAS_PER_TRANSFER));
        singlesCall = abi.encodeCall(subscriptions.chargeBatch, (noGroups(), singles, GAS_PER_TRANSFER));
    }

    function test_activate_with_permit() public {
        Mandate memory fresh = mandate();
        fresh.nonce = 2;
        subscriptions.activateWithPermit(fresh, signature, TokenPermit2612(MAXIMUM, NOW, permit.v, permit.r, permit.s));
    }

    function test_activate_and_charge() public {
        Mandate memory fresh = mandate();
        fresh.nonce = 2;
        vm.prank(executor);
        subscriptions.activateAndCharge(fresh, signature, Permits.none(), chargeOf(0, PRICE));
    }

    function test_charge() public {
        chargeAs(executor, terms, chargeOf(0, PRICE));
    }

    function test_charge_a_group_of_20() public {
        send(groupCall);
        assertCharged(BATCH);
    }

    function test_charge_20_singles() public {
        send(singlesCall);
        assertCharged(BATCH);
    }

    function test_set_maximum() public {
        vm.prank(subscriber);
        subscriptions.setMaximum(headOf(terms), planHashOf(terms), 40e6);
    }

    function test_set_maximum_signed() public {
        bytes memory change = signed(MandateSigning.setMaximum(hashOf(terms), 40e6, 0, NOW), SUBSCRIBER_KEY);
        subscriptions.setMaximumSigned(headOf(terms), planHashOf(terms), 40e6, NOW, change);
    }

    function test_stop() public {
        vm.prank(subscriber);
        subscriptions.stop(terms);
    }

    function test_cancel() public {
        vm.prank(subscriber);
        subscriptions.cancel(headOf(terms), planHashOf(terms));
    }

    function send(bytes memory call) private {
        vm.prank(executor);
        (bool success,) = address(subscriptions).call(call);
        vm.assertTrue(success, "taken");
    }

    function assertCharged(uint256 charges) private view {
        vm.assertEq(usdc.balanceOf(merchant), 1 + charges * 24_255_000, "all of them");
    }
}
