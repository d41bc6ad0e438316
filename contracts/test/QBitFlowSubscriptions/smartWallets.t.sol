// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISignatureVerifier} from "../../src/interfaces/ISignatureVerifier.sol";
import {IQBitFlowSubscriptions, Mandate, MandateStatus} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {SmartWallet} from "../mocks/SmartWallet.sol";
import {AnsweringWallet, ReenteringWallet, WalletFactory} from "../mocks/WalletFactory.sol";
import {Deployed} from "../support/Deployed.sol";
import {MandateSigning} from "../support/MandateSigning.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Subscribers that are contracts (EIP-1271), or will be (ERC-6492).
contract SmartWalletsTest is SubscriptionsTest {
    bytes32 private constant MARK = 0x6492649264926492649264926492649264926492649264926492649264926492;
    address private constant VERIFIER = 0x21C58034e9F7aA302166fBcd8b35e6dC22746208;
    address private constant DEPLOYMENT_PROXY = 0x4e59b44847b379578588920cA78FbF26c0B4956C;

    WalletFactory private factory;

    function setUp() public override {
        super.setUp();
        factory = new WalletFactory();
        vm.etch(VERIFIER, Deployed.create("contracts/out/creation/SignatureVerifier.hex").code);
    }

    function test_the_verifier_is_asked_where_it_is_deployed_on_every_chain() public view {
        bytes memory code = vm.parseBytes(vm.readFile("contracts/out/creation/SignatureVerifier.hex"));
        bytes32 salt = bytes32("QBitFlow 1");
        bytes32 hash = keccak256(abi.encodePacked(bytes1(0xff), DEPLOYMENT_PROXY, salt, keccak256(code)));
        vm.assertEq(address(uint160(uint256(hash))), VERIFIER, "CREATE2 of its creation code");
    }

    function test_a_wallet_signs_pays_changes_and_cancels() public {
        SmartWallet wallet = new SmartWallet(subscriber);
        Mandate memory terms = endowed(address(wallet));
        subscriptions.activate(terms, signed(terms, SUBSCRIBER_KEY));
        chargeAs(executor, terms, chargeOf(0, PRICE));
        assertPaidOut(usdc, 1);
        bytes32 change = MandateSigning.setMaximum(hashOf(terms), 9e6, 0, NOW);
        subscriptions.setMaximumSigned(headOf(terms), planHashOf(terms), 9e6, NOW, signed(change, SUBSCRIBER_KEY));
        vm.assertEq(stateOf(terms).maximum, 9e6, "lowered");
        bytes memory cancel = signed(MandateSigning.cancel(hashOf(terms), 1, NOW), SUBSCRIBER_KEY);
        subscriptions.cancelSigned(headOf(terms), planHashOf(terms), NOW, cancel);
        assertStatus(terms, MandateStatus.Cancelled, "cancelled");
    }

    function test_a_wallets_signature_may_have_any_length() public {
        Mandate memory terms = endowed(address(new SmartWallet(subscriber)));
        subscriptions.activate(terms, bytes.concat(hex"00", signed(terms, SUBSCRIBER_KEY)));
        assertStatus(terms, MandateStatus.Active, "66 bytes");
    }

    function test_a_wallet_that_does_not_say_yes_says_no() public {
        bytes4 yes = 0x1626ba7e;
        refuses(address(new SmartWallet(attacker)));
        refuses(address(new AnsweringWallet(abi.encode(yes), true)));
        refuses(address(new AnsweringWallet(abi.encodePacked(yes), false)));
        refuses(address(new AnsweringWallet(abi.encode(bytes4(0xffffffff)), false)));
        refuses(address(new AnsweringWallet(abi.encode(bytes32(type(uint256).max)), false)));
        refuses(address(new AnsweringWallet(abi.encode(uint256(1)), false)));
        refuses(address(new AnsweringWallet("", false)));
    }

    /// @dev The contract itself, Permit2 and tokens have code, and sign nothing.
    function test_no_contract_of_ours_can_be_made_a_subscriber() public {
        refuses(address(subscriptions));
        refuses(Deployed.PERMIT2);
        refuses(address(usdc));
        refuses(address(registry));
        refuses(VERIFIER);
    }

    function test_a_wallet_that_is_not_deployed_yet() public {
        address wallet = factory.addressOf(subscriber);
        Mandate memory terms = mandate();
        terms.subscriber = wallet;
        subscriptions.activate(terms, undeployed(terms, SUBSCRIBER_KEY, deployment()));
        vm.assertTrue(wallet.code.length != 0, "it is now");
        terms = endowed(wallet);
        chargeAs(executor, terms, chargeOf(0, PRICE));
        assertPaidOut(usdc, 1);
    }

    function test_a_wallet_that_was_deployed_meanwhile() public {
        Mandate memory terms = mandate();
        terms.subscriber = factory.deploy(subscriber);
        subscriptions.activate(terms, undeployed(terms, SUBSCRIBER_KEY, deployment()));
        assertStatus(terms, MandateStatus.Active, "active");
    }

    function test_an_undeployed_wallet_of_somebody_else_is_refused() public {
        Mandate memory terms = mandate();
        terms.subscriber = factory.addressOf(subscriber);
        refuses(terms, undeployed(terms, ATTACKER_KEY, deployment()));
        refuses(terms, undeployed(terms, SUBSCRIBER_KEY, ""));
        refuses(terms, bytes.concat(signed(terms, SUBSCRIBER_KEY), MARK));
        refuses(terms, bytes.concat(hex"00", MARK));
        refuses(terms, signed(terms, SUBSCRIBER_KEY));
    }

    function test_without_the_verifier_nobody_undeployed_signs() public {
        vm.etch(VERIFIER, "");
        Mandate memory terms = mandate();
        terms.subscriber = factory.addressOf(subscriber);
        refuses(terms, undeployed(terms, SUBSCRIBER_KEY, deployment()));
    }

    /// @dev Whatever address, whatever data: whoever likes can make the verifier call it.
    function test_what_a_deployment_calls_has_nobodys_rights() public {
        Mandate memory victim = activated();
        approve(type(uint256).max);
        makeVerifierCall(
            address(usdc), abi.encodeWithSignature("transferFrom(address,address,uint256)", subscriber, attacker, 1)
        );
        makeVerifierCall(address(subscriptions), abi.encodeCall(subscriptions.charge, (victim, chargeOf(0, PRICE))));
        makeVerifierCall(
            address(subscriptions), abi.encodeCall(subscriptions.cancel, (headOf(victim), planHashOf(victim)))
        );
        makeVerifierCall(address(subscriptions), abi.encodeCall(subscriptions.cancelFor, (victim)));
        makeVerifierCall(address(registry), abi.encodeCall(registry.setExecutor, (attacker, true)));
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6, "nothing moved");
        assertStatus(victim, MandateStatus.Active, "nothing was cancelled");
        vm.assertTrue(!registry.isExecutor(attacker), "no executor");
    }

    /// @dev A wallet that is merchant or executor elsewhere, called in the middle of checking its own signature.
    function test_from_within_the_check_of_a_signature_nothing_is_charged() public {
        Mandate memory victim = activated();
        approve(type(uint256).max);
        ReenteringWallet wallet = new ReenteringWallet(address(subscriptions));
        registry.setExecutor(address(wallet), true);
        bytes memory charge = abi.encodeCall(subscriptions.charge, (victim, chargeOf(0, PRICE)));
        bytes memory wrapped = bytes.concat(
            abi.encode(address(wallet), abi.encodeCall(wallet.prepare, (charge)), bytes("anything")), MARK
        );
        Mandate memory terms = mandate();
        terms.subscriber = address(wallet);
        subscriptions.cancelSigned(headOf(terms), planHashOf(terms), NOW, wrapped);
        vm.assertTrue(!wallet.succeeded(), "the charge inside did not pass");
        vm.assertEq(bytes32(wallet.answer()), bytes32(IQBitFlowSubscriptions.Reentered.selector), "and says why");
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6, "nothing moved");
    }

    function makeVerifierCall(address target, bytes memory data) private {
        bool valid = ISignatureVerifier(VERIFIER)
            .verify(attacker, bytes32(uint256(1)), bytes.concat(abi.encode(target, data, bytes("anything")), MARK));
        vm.assertTrue(!valid, "no signature");
    }

    function endowed(address wallet) private returns (Mandate memory terms) {
        usdc.mint(wallet, 1_000e6);
        SmartWallet(wallet)
            .execute(
                address(usdc), abi.encodeWithSignature("approve(address,uint256)", address(subscriptions), MAXIMUM)
            );
        terms = mandate();
        terms.subscriber = wallet;
    }

    function deployment() private view returns (bytes memory) {
        return abi.encodeCall(factory.deploy, (subscriber));
    }

    function undeployed(Mandate memory terms, uint256 key, bytes memory data) private view returns (bytes memory) {
        return bytes.concat(abi.encode(address(factory), data, signed(terms, key)), MARK);
    }

    function refuses(address wallet) private {
        Mandate memory terms = mandate();
        terms.subscriber = wallet;
        refuses(terms, signed(terms, SUBSCRIBER_KEY));
    }

    function refuses(Mandate memory terms, bytes memory signature) private {
        expectSignatureInvalid(terms.subscriber);
        subscriptions.activate(terms, signature);
    }
}
